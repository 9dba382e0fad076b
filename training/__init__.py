"""How the answerability model is made and measured. Nothing here is needed to serve it."""

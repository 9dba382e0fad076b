"""/salary, its form, and the controls under a pay answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from bot.conversation.library import Library
from bot.conversation.pay import PayAsked, look_up, with_place
from bot.slack import outbox, pay_strings, pay_table, strings
from bot.slack.blocks.notice import notice
from bot.slack.blocks.salary_form import place_options, salary_form
from bot.slack.desk import Desk, accept, submit
from bot.slack.listeners.commands import answer_command
from bot.slack.message import File
from bot.slack.request import LONGEST_QUESTION, Request, from_command
from index.pay.official import Area

Body = Mapping[str, Any]


def register(app: App) -> None:
    """Register the listeners of this file."""
    app.command("/salary", middleware=[claim_query])(look_up_or_ask)
    app.view("salary")(take_form)
    app.options("pay_place")(offer_places)
    app.action("pay_place")(change_place)
    app.action(re.compile(r"pay_occupation:\d"))(choose_occupation)
    app.action("pay_csv")(send_table)


def claim_query(
    context: BoltContext,
    command: Body,
    next: Callable[[], None],  # noqa: A002
) -> BoltResponse | None:
    """Let one delivery of a query through; without words there is nothing to answer yet."""
    if (command.get("text") or "").strip():
        request = replace(from_command(command), pay=True)
        claim = accept(context["desk"], f"command:{command['trigger_id']}", request)
        if claim is None:
            return BoltResponse(status=200)
        context["claim"], context["request"] = claim, request
    next()
    return None


def look_up_or_ask(ack: Ack, context: BoltContext, command: Body) -> None:
    """Answer to the one who asked; who typed no query gets the form."""
    if "claim" in context:
        answer_command(ack, context)
        return
    ack()
    desk: Desk = context["desk"]
    outbox.open_view(desk.client, command["trigger_id"], salary_form(command["channel_id"]))


def take_form(ack: Ack, context: BoltContext, body: Body, view: Body) -> None:
    """Look up what the form says, once, for the one who sent it in."""
    desk: Desk = context["desk"]
    values = view["state"]["values"]
    role = (values["role"]["role"]["value"] or "").strip()
    level = values["level"]["level"].get("selected_option") or {}
    place = values["place"]["pay_place"].get("selected_option") or {}
    area = _area(desk.library, place.get("value"))
    text = f"{level.get('value', '')} {role}".strip() + (f", {area.name}" if area else "")
    request = Request(
        team=context.team_id or "",
        channel=view["private_metadata"],
        user=body["user"]["id"],
        text=text[:LONGEST_QUESTION],
        pay=True,
        area=area.code if area else None,
        private=True,
    )
    claim = accept(desk, f"form:{body['trigger_id']}", request)
    ack()
    if claim:
        submit(desk, claim, request)


def offer_places(ack: Ack, context: BoltContext, payload: Body) -> None:
    """Offer the areas of the statistics that match what is typed."""
    desk: Desk = context["desk"]
    areas = _areas(desk.library)
    options = place_options(areas, payload.get("value") or "")
    outbox.offer(ack, options, [area.name for area in areas])


def change_place(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Look the same up for another place."""
    ack()
    desk: Desk = context["desk"]
    answer_id = action["block_id"].removeprefix("pay:")
    library = desk.library
    asked = desk.store.ledger.pay_asked(answer_id)
    area = _area(library, action["selected_option"]["value"])
    if asked is None or area is None:
        outbox.respond(body["response_url"], notice(strings.ANSWER_GONE()))
        return
    text = with_place(library.pay(asked.query).query, area.name)
    key = f"place:{answer_id}:{action['action_ts']}"
    _ask_again(context, body, key, PayAsked(text, asked.occupation, area.code))


def choose_occupation(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Look the same up for another occupation that the title may mean."""
    ack()
    desk: Desk = context["desk"]
    answer_id, _, occupation = action["value"].partition(":")
    asked = desk.store.ledger.pay_asked(answer_id)
    if asked is None:
        outbox.respond(body["response_url"], notice(strings.ANSWER_GONE()))
        return
    key = f"occupation:{answer_id}:{action['action_ts']}"
    _ask_again(context, body, key, replace(asked, occupation=occupation))


def send_table(ack: Ack, context: BoltContext, body: Body, action: Body) -> None:
    """Send a pay answer as a file to the one who asks for it."""
    ack()
    desk: Desk = context["desk"]
    asked = desk.store.ledger.pay_asked(action["value"])
    if asked is None:
        outbox.respond(body["response_url"], notice(strings.ANSWER_GONE()))
        return
    answer = look_up(desk.library, asked)
    documents = [figure.quote.document for figure in (*answer.figures, *answer.near)]
    content = outbox.table_file(pay_table.rows(answer), documents, answer)
    file = File("pay.csv", content, pay_strings.CSV_FILE())
    outbox.hand_over(desk.client, body["user"]["id"], notice(pay_strings.CSV_HERE()), file, answer)
    outbox.respond(body["response_url"], notice(pay_strings.CSV_SENT()))


def _ask_again(context: BoltContext, body: Body, key: str, asked: PayAsked) -> None:
    request = Request(
        team=context.team_id or "",
        channel=body["container"]["channel_id"],
        user=body["user"]["id"],
        text=asked.query,
        response_url=body["response_url"],
        pay=True,
        occupation=asked.occupation,
        area=asked.area,
    )
    if claim := accept(context["desk"], key, request):
        submit(context["desk"], claim, request)


def _areas(library: Library) -> tuple[Area, ...]:
    return library.wages.areas if library.wages else ()


def _area(library: Library, code: str | None) -> Area | None:
    return next((area for area in _areas(library) if area.code == code), None)

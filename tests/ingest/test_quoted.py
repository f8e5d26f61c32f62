from ingest.quoted import own_words

REPLY = "The road is open again.\n\nOn Mon, Mar 3, 2014 at 10:12 AM, Ana <ana@x.example> wrote:\n> Is the road open?\n> Ana"


def test_a_quotation_is_set_aside() -> None:
    text, quotation = own_words(REPLY)
    assert text == "The road is open again."
    assert "Is the road open?" in quotation


def test_a_signature_after_dashes_is_left_out() -> None:
    text, _ = own_words("Road open.\n\n-- \nJo Doe\n+49 170 1234567\n")
    assert text == "Road open."


def test_a_closing_formula_near_the_end_is_left_out() -> None:
    assert own_words("Road open.\n\nBest regards\nJo Doe")[0] == "Road open."


def test_thanks_in_the_middle_of_a_long_report_cuts_nothing() -> None:
    text = "Thank you for asking.\n\nThanks,\n" + "\n".join(f"Line {number} of what we saw." for number in range(20))
    assert own_words(f"First.\n\n{text}")[0].endswith("Line 19 of what we saw.")


def test_a_list_with_hyphens_is_kept() -> None:
    text = "We need:\n\n- water\n- blankets\n- fuel"
    assert own_words(text) == (text, "")


def test_answers_between_quoted_lines_keep_the_questions() -> None:
    assert own_words("> Is it open?\nYes.\n> And the bridge?\nNo.\n> Thanks")[0] == "> Is it open?\nYes.\n> And the bridge?\nNo."


def test_a_mail_that_is_all_quotation_is_kept_whole() -> None:
    assert own_words("> The road is open") == ("> The road is open", "")


def test_arabic_and_russian_replies_are_cut() -> None:
    assert own_words("الطريق مفتوح\n\nفي الاثنين 3 مارس 2014 كتب آنا:\n> هل الطريق مفتوح؟")[0] == "الطريق مفتوح"
    assert own_words("Открыта\n\n02.04.2012 14:20 пользователь Анна <\nanna@x.example> написал:\n> Дорога?")[0] == "Открыта"


def test_very_long_texts_are_left_alone() -> None:
    text = "word " * 20_000
    assert own_words(text) == (text, "")

"""Countries by the adjective for their people: lists write "Afghan" where they mean Afghanistan.

Words that fit two countries (Congolese, Dominican, Guinean of which Guinea, Korean) are left out, unless one meaning is plainly
the usual one.
"""

from __future__ import annotations

from typing import Final

DEMONYMS: Final[dict[str, str]] = {
    "afgan": "af", "afghan": "af", "albanian": "al", "algerian": "dz", "american": "us", "andorran": "ad", "angolan": "ao",
    "argentine": "ar", "argentinian": "ar", "armenian": "am", "australian": "au", "austrian": "at", "azerbaijani": "az",
    "bahamian": "bs", "bahraini": "bh", "bangladeshi": "bd", "barbadian": "bb", "belarusian": "by", "belarussian": "by",
    "belgian": "be", "belizean": "bz", "beninese": "bj", "bhutanese": "bt", "bolivian": "bo", "bosnian": "ba",
    "botswanan": "bw", "brazilian": "br", "british": "gb", "bulgarian": "bg", "burkinabe": "bf", "burmese": "mm",
    "burundian": "bi", "cambodian": "kh", "cameroonian": "cm", "canadian": "ca", "cape verdean": "cv", "central african": "cf",
    "chadian": "td", "chilean": "cl", "chinese": "cn", "colombian": "co", "comoran": "km", "comorian": "km",
    "costa rican": "cr", "croat": "hr", "croatian": "hr", "cuban": "cu", "cypriot": "cy", "czech": "cz", "danish": "dk",
    "djiboutian": "dj", "dutch": "nl", "ecuadorian": "ec", "egyptian": "eg", "emirati": "ae", "equatorial guinean": "gq",
    "eritrean": "er", "estonian": "ee", "ethiopian": "et", "fijian": "fj", "filipino": "ph", "finnish": "fi", "french": "fr",
    "gabonese": "ga", "gambian": "gm", "georgian": "ge", "german": "de", "ghanaian": "gh", "greek": "gr", "guatemalan": "gt",
    "guyanese": "gy", "haitian": "ht", "honduran": "hn", "hungarian": "hu", "icelandic": "is", "indian": "in",
    "indonesian": "id", "iranian": "ir", "iraqi": "iq", "irish": "ie", "israeli": "il", "italian": "it", "ivorian": "ci",
    "jamaican": "jm", "japanese": "jp", "jordanian": "jo", "kazakh": "kz", "kazakhstani": "kz", "kenyan": "ke",
    "kosovan": "xk", "kuwaiti": "kw", "kyrgyz": "kg", "laotian": "la", "latvian": "lv", "lebanese": "lb", "liberian": "lr",
    "libyan": "ly", "lithuanian": "lt", "luxembourgish": "lu", "macedonian": "mk", "malagasy": "mg", "malawian": "mw",
    "malaysian": "my", "maldivian": "mv", "malian": "ml", "maltese": "mt", "mauritanian": "mr", "mauritian": "mu",
    "mexican": "mx", "moldovan": "md", "mongolian": "mn", "montenegrin": "me", "moroccan": "ma", "mozambican": "mz",
    "namibian": "na", "nepalese": "np", "new zealander": "nz", "nicaraguan": "ni", "nigerian": "ng", "nigerien": "ne",
    "north korean": "kp", "norwegian": "no", "omani": "om", "pakistani": "pk", "panamanian": "pa", "paraguayan": "py",
    "peruvian": "pe", "polish": "pl", "portuguese": "pt", "qatari": "qa", "qatarian": "qa", "romanian": "ro",
    "russian": "ru", "rwandan": "rw", "salvadoran": "sv", "saudi": "sa", "saudi arabian": "sa", "senegalese": "sn",
    "serbian": "rs", "seychellois": "sc", "sierra leonean": "sl", "singaporean": "sg", "slovak": "sk", "slovenian": "si",
    "somali": "so", "somalian": "so", "south african": "za", "south korean": "kr", "south sudanese": "ss", "spanish": "es",
    "sri lankan": "lk", "sudanese": "sd", "surinamese": "sr", "swedish": "se", "swiss": "ch", "syrian": "sy",
    "taiwanese": "tw", "tajik": "tj", "tanzanian": "tz", "thai": "th", "togolese": "tg", "trinidadian": "tt",
    "tunisian": "tn", "turkish": "tr", "turkmen": "tm", "ugandan": "ug", "ukrainian": "ua", "uruguayan": "uy", "uzbek": "uz",
    "venezuelan": "ve", "vietnamese": "vn", "yemeni": "ye", "zambian": "zm", "zimbabwean": "zw",
}  # fmt: skip
"""Adjectives in the folded form of `countries.fold`, with the spellings of real lists."""

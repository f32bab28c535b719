"""Cantonese spellings of Chinese names, as the Hong Kong Immigration Department's usage and overseas families write them.

Keyed by the simplified character; `SIMPLE` leads from the traditional form, which Hong Kong and Taiwan write, to that.
"""

from __future__ import annotations

from typing import Final

_PAIRS: Final = (
    "國国華华偉伟強强麗丽蘭兰鳳凤榮荣貴贵輝辉傑杰鴻鸿東东軍军義义靜静儀仪穎颖詩诗澤泽龍龙飛飞寶宝樹树蓮莲紅红錦锦慶庆"
    "興兴潤润遠远權权銘铭漢汉顯显憲宪進进晉晋駿骏堯尧業业觀观豐丰曉晓煥焕燦灿蔭荫頌颂嬌娇橋桥愛爱瑩莹潔洁樂乐勝胜誠诚"
    "達达發发財财凱凯啟启禮礼鵬鹏雲云陽阳賓宾學学書书賢贤貞贞鋒锋剛刚時时陳陈張张黃黄劉刘趙赵吳吴楊杨孫孙馬马許许鄭郑"
    "謝谢韓韩馮冯鄧邓葉叶蔣蒋蕭萧羅罗盧卢蘇苏呂吕湯汤譚谭陸陆關关麥麦賴赖龔龚鍾钟鐘钟鄒邹嚴严歐欧區区單单萬万閻阎聶聂"
    "顧顾賀贺錢钱莊庄談谈龐庞藍蓝鄺邝溫温駱骆紀纪賈贾韋韦畢毕齊齐喬乔顏颜魯鲁費费鮑鲍竇窦婁娄連连簡简車车項项應应邊边"
    "衛卫師师樓楼滿满練练寧宁諸诸長长鮮鲜遲迟閭闾獨独轅辕軒轩聞闻門门宮宫臺台於于俠侠聰聪瓊琼瑋玮緯纬維维紹绍綺绮純纯"
    "綱纲縉缙織织鈞钧鋼钢鎮镇鐵铁錄录濤涛濱滨濟济瀾澜滬沪灣湾爾尔獻献環环璽玺畫画當当盡尽監监確确祿禄禎祯穌稣穩稳筆笔"
    "節节範范築筑籌筹級级細细終终給给統统經经緒绪縣县總总績绩繼继續续羣群聖圣聯联聲声職职膽胆臨临與与舉举舊旧萊莱蔔卜"
    "薩萨藝艺蘆芦蘋苹處处號号衆众裝装見见規规覺觉計计訓训記记設设訪访詠咏話话詳详語语誼谊調调請请論论諾诺謙谦講讲證证"
    "識识譜谱讓让豔艳貝贝貿贸資资賜赐質质購购贊赞趨趋軌轨載载輪轮轉转辦办農农運运過过選选還还邁迈鄉乡釗钊釋释鈴铃銀银"
    "鋁铝錫锡鎧铠閃闪開开閑闲闊阔陣阵陰阴隊队際际隨随隱隐難难霧雾靈灵韻韵頂顶順顺須须預预領领頻频顥颢風风飄飘養养館馆"
    "馳驰駐驻騰腾驊骅驍骁驛驿鬆松魚鱼鯤鲲鳥鸟鳴鸣鶴鹤鷹鹰黨党齡龄嶽岳島岛嶺岭廣广廬庐彥彦後后復复徵征恆恒憶忆懷怀戰战"
    "揚扬擇择據据棟栋標标機机檢检歡欢歲岁歸归氣气沖冲決决況况淨净淵渊淺浅渙涣滄沧漁渔潛潜"
)
SIMPLE: Final = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
"""From traditional characters of names to the simplified ones."""

_SPELT: Final = (
    "明ming文man伟wai志chi强keung国kwok华wah英ying玲ling美mei丽lai秀sau芳fong珍chun兰lan凤fung金kam玉yuk荣wing"
    "昌cheong德tak福fuk贵kwai生sang成shing良leung安on平ping光kwong辉fai耀yiu建kin家ka嘉ka俊chun杰kit健kin康hong永wing"
    "振chun宏wang洪hung鸿hung海hoi江kong波po新sun东tung军kwan民man仁yan义yee信shun忠chung孝hau敏man慧wai惠wai婷ting"
    "静ching欣yan怡yee仪yee颖wing雯man诗sze思sze子tsz智chi浩ho天tin宇yu泽chak坤kwan龙lung飞fei宝po树shu春chun夏ha"
    "秋chau雪suet梅mui莲lin菊kuk燕yin红hung清ching正ching中chung大tai小siu少siu兆siu锦kam景king敬king庆hing兴hing"
    "祥cheung瑞sui祖cho佑yau友yau有yau富fu润yun元yuen源yuen远yuen权kuen全chuen泉chuen川chuen青ching松chung柏pak林lam"
    "森sum木muk水shui山shan石shek岳ngok峰fung锋fung雄hung豪ho勇yung刚kong毅ngai恒hang达tat发fat财choi才choi凯hoi启kai"
    "立lap力lik利lee礼lai鹏pang云wan月yuet星sing阳yeung昭chiu朝chiu超chiu翔cheung彬pan斌pan宾pan学hok书shu贤yin佩pui"
    "丹tan琪ki淑shuk贞ching巧hau翠chui彩choi霞ha娟kuen素so爱oi群kwan雅nga芬fun芝chi莹ying萍ping琴kam瑶yiu碧pik洁kit"
    "君kwan乐lok恩yan泰tai添tim根kan伯pak仲chung季kwai世sai士sze仕sze时si胜shing盛shing升sing诚shing铭ming汉hon显hin"
    "宪hin展chin进chun晋chun骏chun尧yiu禹yu舜shun奇ki基kei其ki业yip冠koon观koon善sin道to哲chit勤kan丰fung峻chun晓hiu"
    "炳ping秉ping焕woon灿tsan煌wong荫yam颂chung霖lam焯cheuk卓cheuk桂kwai嫦sheung娥ngo婉yuen媚mei妙miu妹mui好ho娇kiu"
    "桥kiu聪chung绍siu维wai纯shun铁tit济chai尔yee伦lun联luen声sing艺ngai谦him农nung运wan顺shun养yeung鹤hok扬yeung"
    "怀wai栋tung渊yuen广kwong彦yin心sum如yu亚ah阿ah先sin武mo南nam北pak西sai加ka一yat三sam万man古ku乃nai又yau以yee"
    "之chi"
)


def _table(spelt: str) -> dict[str, str]:
    """Return the characters of a text with the Latin letters that follow each."""
    found: dict[str, str] = {}
    character = ""
    for letter in spelt:
        if letter.isascii():
            found[character] += letter
        else:
            character = letter
            found[character] = ""
    return found


CANTONESE: Final = _table(_SPELT)
"""How a character of a given name is usually written in Hong Kong."""

FAMILY_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(spelt.split())
    for name, spelt in {
        "陈": "chan tan", "林": "lam lim", "黄": "wong hwang", "王": "wong ong", "李": "lee", "张": "cheung chang",
        "刘": "lau liu", "杨": "yeung yang", "吴": "ng wu", "周": "chow chou", "徐": "tsui hsu", "孙": "suen sun",
        "马": "ma", "朱": "chu", "胡": "wu hu", "郭": "kwok kuo", "何": "ho", "高": "ko kao", "罗": "law lo",
        "郑": "cheng", "梁": "leung", "谢": "tse hsieh", "宋": "sung", "唐": "tong", "许": "hui hsu", "韩": "hon",
        "冯": "fung feng", "邓": "tang teng", "曹": "tso tsao", "彭": "pang", "曾": "tsang tseng", "萧": "siu hsiao",
        "肖": "siu hsiao", "田": "tin", "董": "tung", "袁": "yuen", "潘": "poon", "于": "yu", "蒋": "tseung chiang",
        "蔡": "choi tsai", "余": "yu yee", "杜": "to tu", "叶": "yip yeh", "程": "ching cheng", "苏": "so su",
        "魏": "ngai wei", "吕": "lui lu", "丁": "ting", "任": "yam jen", "沈": "shum sham", "姚": "yiu", "卢": "lo lu",
        "姜": "keung", "崔": "chui tsui", "钟": "chung", "谭": "tam", "陆": "luk lu", "汪": "wong", "范": "fan",
        "金": "kam chin", "石": "shek shih", "廖": "liu liao", "贾": "ka chia", "夏": "ha hsia", "韦": "wai",
        "方": "fong", "白": "pak pai", "邹": "chow tsou", "孟": "mang", "秦": "chun", "邱": "yau chiu",
        "江": "kong chiang", "薛": "sit", "雷": "lui", "侯": "hau", "龙": "lung", "陶": "to", "黎": "lai",
        "顾": "koo ku", "毛": "mo", "龚": "kung", "邵": "shiu shao", "钱": "chin", "严": "yim yen", "莫": "mok",
        "孔": "hung kung", "汤": "tong tang", "温": "wan wen", "康": "hong", "施": "sze shih", "文": "man", "伍": "ng",
        "颜": "ngan", "庄": "chong chuang", "关": "kwan", "甘": "kam", "欧": "au", "区": "au", "麦": "mak",
        "冼": "sin", "邝": "kwong", "赖": "lai", "翁": "yung weng", "蓝": "lam", "柯": "or ko", "骆": "lok",
        "简": "kan", "连": "lin lien", "阮": "yuen nguyen", "戴": "tai", "纪": "kei chi", "霍": "fok huo", "游": "yau",
        "符": "fu foo", "岑": "shum", "容": "yung", "凌": "ling", "赵": "chiu chao", "欧阳": "auyeung",
        "司徒": "szeto", "诸葛": "chukot", "上官": "sheungkoon",
    }.items()
}  # fmt: skip
"""How families outside the mainland write their names: Hong Kong first, then Taiwan, Singapore and Malaysia."""

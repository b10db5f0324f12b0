"""What a Vietnamese syllable can be, and how common it is in the words of an office.

Spelling decides whether a word can be Vietnamese; how common it is decides between two spellings that both can. The
frequencies were counted over the texts that come with the program; syllables of everyday Vietnamese that these lack were
added by hand as rare ones.

**Source:** own definition, after the spelling rules of QĐ 1989/QĐ-BGDĐT and everyday usage.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_RHYME_LIST = """
    a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âc âu ây
    e eo em en eng ep et ec ê êu êm ên ênh êp êt êch i ia iu im in inh ip it ich
    iêu iêm iên iêng iêp iêt iêc y yêu yêm yên yêng yêt
    o oi om on ong op ot oc oa oai oao oay oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc oe oeo oen oet oong ooc
    ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt u ua ui um un ung up ut uc uân uâng uât uây uê uên uênh uêch
    uôi uôm uôn uông uôt uôc uơ uy uya uyên uyêt uynh uyt uych uyu uyp ư ưa ưi ưu ưng ưt ưc
    ươi ươm ươn ương ươp ươt ươc ươu
"""
_RHYMES = frozenset(_RHYME_LIST.split())
_AFTER_QU_LIST = """
    a ai ao ay an ang anh at ac ach ăm ăn ăng ăt ăc ân âng ât ây âu âc âm âp au e en eo et ec em ê ên ênh êt êch êu
    i inh it ich y yên yêt ynh yt ych ơ ôc
"""
_AFTER_QU = frozenset(_AFTER_QU_LIST.split())
_ONSET = re.compile("ngh|ng|nh|ch|gh|kh|ph|qu|th|tr|gi|[bcdđghklmnprstvx]|")
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
"""Initials that stand before e, ê, i and y only; c, g and ng stand before the others only."""
_BEFORE_BACK = frozenset({"c", "g", "ng"})
_STOPS = ("c", "ch", "p", "t")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = ("\u0301", "\u0323")
_HIGHLAND = re.compile(
    "(?:kr|br|pl|bl|gr|đr|kl|pr)(?:[aăâeêoôơuưi]|oa)(?:ng|k|h)?|(?:[bcdđghklmnprstv]|ch)?(?:[aăâeêoôơuư]|oa)k"
)
"""Names of the highlands that officials write in Vietnamese letters: Đắk Lắk, Krông Nô, Kon Plông."""


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a word can be a Vietnamese syllable by the rules of spelling, whatever its case.

    Initial, vowels and final stand as they may, and a syllable that ends in c, ch, p or t has the tone sắc or nặng.
    """
    letters, tones = _split(word)
    if not letters or len(tones) > 1:
        return False
    if letters.endswith(_STOPS) and tones not in _STOP_TONES:
        return False
    return _is_spelt(letters) or _HIGHLAND.fullmatch(letters) is not None


def _split(word: str) -> tuple[str, str]:
    """Return the letters of a word, small and without tones, and its tones."""
    pieces = unicodedata.normalize("NFD", word.lower())
    letters = "".join(char for char in pieces if char not in _TONES)
    return unicodedata.normalize("NFC", letters), "".join(char for char in pieces if char in _TONES)


def _is_spelt(letters: str) -> bool:
    """Tell whether letters without a tone are an initial with a rhyme that may follow it."""
    found = _ONSET.match(letters)
    onset = found.group() if found else ""
    rhyme = letters[len(onset) :]
    if onset == "qu":
        return rhyme in _AFTER_QU
    if onset == "gi":
        return rhyme in {"", "n"} or rhyme in _RHYMES or (rhyme[:1] == "ê" and f"i{rhyme}" in _RHYMES)
    return rhyme in _RHYMES and _may_follow(onset, rhyme)


def _may_follow(onset: str, rhyme: str) -> bool:
    is_front = rhyme[0] in "eêiy"
    if onset in _BEFORE_FRONT:
        return is_front
    if onset in _BEFORE_BACK:
        return not is_front
    if rhyme[0] == "y":
        return (rhyme == "y" and onset in {"", "h", "l", "m", "s", "t", "v", "th"}) or (rhyme != "y" and not onset)
    return onset != "" or not rhyme.startswith("iê")


@lru_cache(maxsize=20_000)
def commonness(word: str) -> int:
    """Return how common a syllable is, on a scale that doubles: 0 for one that is not known, up to 9.

    Where the tone stands does not count: "hòa" and "hoà" are one.
    """
    return _known().get(_split(word), 0)


@cache
def _known() -> dict[tuple[str, str], int]:
    paragraphs = _WORDS.split("\n\n")
    return {_split(word): number for number, words in enumerate(paragraphs, start=1) for word in words.split()}


_WORDS = """
ai anh binh biên biêu biển biện biệt buôn buông buốc buốn buốt buổi buộc buột bà bài bàng bành bào bàu bác bách bái
bám bán báng bánh bát báu bâu bã bãn bãng bão bãy bè bèn bèo bé béc bén béo bép bét bê bênh bêu bì bìa bìm bìn bình bí
bía bích bím bín bính bít bíu bò bòi bòn bòng bó bóc bói bóm bón bóng bóp bót bô bôi bôm bôn bông bõ bõm bù bùa bùi
bùm bùn bùng bú búa búc búi bún búng bút bĩ bĩa bĩnh bĩu bũm bơ bơi bơm bơn bư bưa bưng bưu bươi bươm bươn bươu bước
bưới bướm bườn bường bưởi bạ bạch bại bạng bạnh bạo bạt bả bải bảnh bảy bấp bất bẩm bậc bận bật bắc bắn bẵng bẹ bẻ bẽ
bế bến bếp bề bền bể bệ bện bệnh bệt bỉ bỉa bỉnh bịa bịch bịn bịnh bịp bịt bịu bọc bọn bọt bỏng bốc bối bốn bống bốp
bốt bồ bồn bồng bổi bổn bổng bộc bội bộn bột bớ bới bớm bớn bớp bờ bời bờm bở bỡ bợ bợm bợt bụ bục bụi bụng bụp bụt bủ
bủa bủi bủng bứ bứa bức bứng bứt bừ bừa bừng bự bựa bực bựt cha chiêm chiên chiêng chiêu chiết choãng choé chuyện
chuôi chuông chuối chuốt chuỗi chuộng chuột chà chài chàn chàng chành chào chày chác chán cháo chát cháu cháy châm
chân châu chão chè chèn chèo ché chém chén chéo chét chê chêm chênh chì chìa chìm chình chía chích chín chíp chít chíu
chò chòi chòng chó chóc chói chóm chón chóng chóp chót chô chôi chôm chôn chông chõ chù chùa chùi chùm chùng chùy chúa
chúc chúi chúm chún chúng chúp chút chăm chăn chĩ chĩa chĩnh chũ chũng chơ chơi chơm chơn chư chưng chước chườm chường
chạc chạm chạn chạng chạnh chạo chạt chạy chả chải chản chảng chảnh chảo chảy chấn chấp chấu chẩn chậm chật chắc chắn
chằng chẵn chặn chặt chẹ chẻ chếch chếp chề chể chệ chện chỉa chị chịa chịch chịn chịnh chịp chịt chỏ chố chốc chốn
chốp chồi chồn chồng chổi chổn chộ chộc chộn chộp chột chớ chới chớm chớn chớp chớt chời chờm chờn chợ chợp chụ chục
chụi chụm chụng chụp chụt chủa chủng chứ chừ chừa chửi chữa chựa chực coi cuôn cuông cuốc cuốn cuống cuộn cuộng cà càn
cành cào càu cày cái cám cáng cánh cáp cát cáu cáy cân cã cãi cò còi còm còng cóc cói cóm cón cóng cóp cót cô côi côm
côn cõ cõi cù cùi cùm cùn cú cúa cúc cúi cúm cún cúng cúp cút căng cũi cơi cơm cơn cư cưa cưng cưu cươi cương cưới
cướp cười cường cưỡi cượng cạ cạch cạn cạng cạo cạt cạy cảm cản cảng cảo cấm cấn cất cấu cầm cẩn cẩu cậu cậy cắm cắt
cằn cặp cọ cọc cọp cỏ cỏn cốc cối cốn cốp cốt cồ cồn cồng cổ cộ cộc cội cộn cộp cớ cới cớm cớn cớp cớt cờ cời cờm cờn
cở cởi cỡ cợ cợt cụ cụi cụm cụng cụp cụt củ củi củng cứa cức cứng cừ cừa cừng cử cửi cự cựa cực cựng di diêm diêu diện
diệu du duyên duỗi dà dài dàn dàng dành dào dày dám dáng dát dâm dâng dâu dây dãi dè dé dén dép dét dê dìa dìm dình
dìu dí dích dính díu dò dòi dòm dòn dó dóc dói dóm dón dóng dót dô dôi dôn dông dõ dù dùa dùi dùn dú dúa dúc dúi dúm
dún dúng dĩ dĩa dĩnh dũ dũi dũng dơ dơi dơn dư dưa dưng dương dường dưỡi dược dượng dạ dại dạn dạo dạt dạy dả dải dảng
dảnh dảo dầu dậu dằng dặn dẹp dế dếp dề dền dể dễ dện dệt dỉ dị dịa dịp dịt dịu dốc dối dống dồi dỗi dội dột dớ dờ dời
dở dỡ dợ dục dụi dụm dủ dứ dứa dứng dứt dừ dừa dựa dực ghè ghé ghép ghét ghê ghìm ghẹ ghị già giài giàn giàng giành
giào giàu giày gián giáng giáo giáp giây giã giêng giò giòi giòn gió gióc giói gióm gión gióng giô giôi giông giõ giõi
giùn giúa giúc giún giũ giơ giơi giơn giư giưa giương giường giạc giạo giạt giả giản giảng giảo giấc giậu giọng giỏ
giỏi giố giống giồng giổ giỗ giộ giộng giới giời giụng giủ giủa giủng giứ giứa giức giừ giừa giự giực giựt guốc guồng
guộng gà gài gàn gàng gào gác gái gánh gáo gáu gáy gân gâu gây gãy gìn gìu gí gò gòi gòm gòn gòng gó góm góng góp gót
gô gôi gôm gôn gông gù gùi gú gúc gúi gúm gúng gút gĩ gũ gơ gơi gơm gơn gư gưa gưng gươm gương gướm gườm gượng gạ gạc
gạch gạn gạo gạt gạy gả gảo gảy gấp gấu gầy gắng gặp gị gịa gối gỗ gộ gộc gội gộn gộng gộp gột gớ gớm gờ gờm gở gỡ gụ
gục gụi gụt gủ gứ gứng gừ gừa gừng gự hiên hiêu hiến hiểm hiển hoà hoài hoàng hoành hoá hoác hoán hoáng hoã hoãng hoè
hoạn hoảng huyên huân huê huênh huýnh huýt huỷ hàn hào hày há hách hái hám hán háng háo hát hãi hãng hãnh hão hè hèm
hèn hé héc hém hép hét hê hên hênh hì hí hích hính híp hít hò hòa hòi hòm hòn hòng hó hóc hói hóm hón hóng hóp hót hô
hôi hôm hôn hông hõ hõm hù hùa hùi hùm hùn hùng hú húc húi húm húng húp hút hý hăng hĩ hĩnh hũ hũng hơ hơi hơm hư hưa
hưng hưu hươi hương hươu hướn hườn hường hưởng hạc hạch hại hạm hạnh hạo hạp hạt hả hản hảng hảnh hảo hảy hấp hầm hẩm
hắn hẳn hẹ hẹn hẹp hếch hến hề hền hể hện hỉ hỉnh hị hịch hịnh hịt họ họng hỏ hố hốc hối hống hốp hốt hồn hồng hổ hổi
hổng hộc hộn hộng hột hớ hới hớm hớn hớp hớt hờ hời hờm hờn hở hởi hỡ hợ hợi hụ hục hụi hụm hụng hụp hụt hủ hủi hủng
hủy hứ hứa hức hứng hừ hừng hửi hữu hự hực hựng hỳ hỵ hỷ khiêu khoá khoác khoái khoán khoáng khoé khoét khoẻ khuyên
khuyến khuyết khuân khuây khuê khuôn khuýp khuỷu khà khài khàn khàng khào khá khách khái khám khán kháng khánh khát
khãi khè khé khéc khén khéo khép khét khê khì khí khía khích khính khít khíu khò khó khóc khói khóm khóng khô khôn
khõi khù khùng khú khúc khúm khúng khút khăn khơ khơi khơn khư khưa khưng khưu khương khạ khạc khạch khạng khạo khạt
khạy khả khải khảm khản khảng khảnh khảo khảy khấu khẩn khắc khắp khẽ khỉ khỉnh khị khịch khịp khịt khịu khỏ khỏe khố
khốc khốn khống khồ khồng khổ khổi khổn khổng khộ khội khớ khới khớt khờ khở khởi khụ khục khủ khủng khứ khứa khứng
khừ khự khực kiêm kiên kiêng kiêu kiều kiệt kèn kèo ké kéc kém kén kéng kép két kêm kên kêu kì kìa kìm kình kí kía
kích kím kín kính kíp kít kúp kĩ kĩnh kẹ kẹp kẹt kẻ kẻng kẽ kến kếp kề kền kệ kỉ kỉnh kị kịa kịch kịnh kịp kịt kỵ kỷ
liêm liêu liền liều loà loài loè loé loét loạn luyên luyện luân luông luýnh luốc luống luồng luộc luộm luỹ lài làn
làng lành lào làu lày lá lác lách lái lán láng lánh láo láp láu láy lâm lân lâu lây lã lãi lãng lão lãy lè lèn lé léc
lém lén léng léo lép lét lê lênh lêu lì lìa lìm lình lí lía lích lím lín lính líp lít líu lò lòi lòm ló lóc lói lóm
lón lóng lóp lót lô lôi lôm lôn lông lõ lõi lõm lõng lù lùa lùi lùm lùn lùng lùy lú lúa lúi lúm lún lúng lúp lút lúy
lăng lĩ lũ lũa lũi lũng lơ lơi lơm lơn lư lưa lưng lươi lươm lươn lưới lướng lướt lười lườn lường lưỡi lưỡng lược lạ
lạc lạch lạm lạn lạng lạnh lạo lạt lạy lả lải lảm lản lảng lảnh lảo lảy lấp lầm lầu lẩn lẫn lận lậu lắm lắng lằn lặng
lẹ lẻ lẽ lế lếch lết lề lể lễ lệch lỉ lỉa lỉnh lị lịa lịm lịnh lịt lịu lọn lỏ lỏng lố lốc lối lốn lống lốp lốt lồ lồi
lồn lồng lổ lổn lổng lỗ lộ lội lộn lộng lộp lột lớ lới lớm lớt lờ lờm lờn lở lởi lỡ lợ lợi lợm lợp lợt lụ lụi lụm lụng
lụp lụt lụy lủ lủa lủng lứ lứa lức lứng lừ lừa lừng lửa lữ lữa lự lựa lựng lỳ lỵ may miên miêu miền miễn miệt muôi
muôn muông muối muống muồng muỗi muội muộn mài màng mành mào mày má mác mách mái mán máng mánh mát máu mâm mân mây mãi
mãng mãnh mão mè mèo mé méc mén méo mép mét mê mên mênh mì mìm mìn mí mía mích mím mín mính mít mò mòi mòm mòn mòng mó
móc mói móm món móng móp mót môm môn mông mõ mõi mù mùa mùi mùm mùn mùng mú múa múc múi múm mún múng múp mút mý măng
mĩ mĩa mĩnh mũ mũi mũm mũng mơ mơi mơm mơn mưa mưng mưu mươi mươn mương mướn mướp mướt mười mượn mượt mạ mạc mạch mạn
mạnh mạo mạt mả mải mản mảng mảnh mảo mảy mấy mầm mận mắc mắm mắt mặc mặt mẹ mẹt mẻ mẽ mế mếch mến mề mền mể mễ mệ mện
mệnh mệt mỉ mỉa mỉnh mị mịch mịn mịnh mịt mọ mọc mọn mỏ mỏi mỏng mố mống mốt mồ mồi mồng mổ mổi mỗ mộ mộc mội mộn mộng
mớ mớm mớn mớp mớt mờ mờm mờn mởi mỡ mợ mụ mụi mụm mụng mụp mụt mủ mủa mủi mủng mứ mứa mứt mừa mừng mữa mự mực mỳ mỵ
mỹ ngay nghiêng nghiệm nghiệt nghè nghèn nghèo nghé nghéo nghét nghê nghên nghênh nghêu nghì nghìn nghình nghí nghích
nghính nghít nghĩ nghĩnh nghẹn nghế nghếch nghến nghề nghễ nghện nghệnh nghệt nghỉ nghỉnh nghịch nghịnh nghịt ngoái
ngoáy ngoãi ngoạn nguyễn nguyện nguôi nguội nguỵ ngà ngài ngàn ngàng ngào ngách ngái ngáng ngát ngáy ngâm ngâu ngây
ngò ngòi ngòn ngòng ngó ngóc ngói ngón ngóng ngóp ngót ngô ngôi ngông ngõ ngõng ngù ngùi ngùng ngùy ngú ngúc ngúi ngún
ngúng ngúp ngút ngý ngăn ngũ ngơ ngơi ngư ngưa ngưng ngương ngường ngạ ngạc ngạch ngại ngạn ngạng ngạnh ngạo ngạt ngả
ngải ngản ngảng ngảnh ngấm ngẫu ngập ngắt ngịu ngọn ngọt ngố ngốc ngối ngốn ngống ngốp ngốt ngồ ngồi ngồn ngổ ngổng
ngỗ ngộ ngộc ngội ngộng ngộp ngột ngớ ngới ngớp ngớt ngờ ngời ngở ngỡ ngợ ngợi ngụ ngục ngụp ngụt ngụy ngủ ngứ ngứa
ngức ngứng ngừ ngừa ngừng ngữa ngự ngựa ngực nhiên nhiễm nhiệt nhoà nhu nhuôm nhuộm nhài nhàn nhàng nhành nhào nhày
nhái nhám nhánh nháp nhát nhây nhãi nhè nhèo nhé nhép nhét nhê nhên nhì nhình nhí nhích nhím nhín nhính nhíp nhít nhò
nhòm nhòn nhòng nhó nhóc nhói nhón nhóng nhóp nhót nhô nhôi nhôm nhôn nhông nhõ nhù nhùi nhùm nhùng nhú nhúc nhúi nhúm
nhún nhúng nhúp nhút nhĩ nhũ nhũn nhơ nhơi nhơn nhưa nhương nhường nhượng nhạ nhạc nhại nhạn nhạng nhạnh nhạo nhạt
nhạy nhả nhải nhản nhảnh nhảo nhảy nhầm nhẫn nhắn nhằm nhẹ nhẽ nhỉ nhỉnh nhị nhịch nhịp nhịt nhọc nhọn nhố nhốc nhốt
nhộ nhộc nhội nhộn nhột nhớ nhớm nhớn nhớp nhớt nhờ nhờn nhở nhỡ nhợ nhợt nhục nhụm nhụt nhụy nhủ nhủng nhứ nhức nhứng
nhừ nhừa nhừng nhữ nhự nhựa nhực nhựt niêm niên niết niềm nuôi nà nài nàn nàng nành nái nám nán náo nát nâu nây nãng
não nãy nè né ném néo nép nét nê nêm nì nìm nình ní nía ních nín nính nít níu nò nòi nòng nóc nói nóm nón nóng nót nôi
nôm nôn nù nùn nùng nú núa núc núi núm nún núng núp nút nũng nơ nơm nơn nư nưng nươi nương nướng nạ nạc nại nạn nạng
nạo nạp nạt nạy nả nải nản nảng nảnh nảo nảy nấm nấu nầm nậm nắm nắng nặng nẹp nẻ nế nến nếp nết nề nể nệ nện nệp nỉ
nị nịa nịch nịm nịn nịnh nịt nịu nọ nọng nỏi nốc nống nốp nốt nồ nồi nồn nồng nổ nổi nỗ nộ nộng nớ nới nớn nờn nở nỡ
nợ nợp nụ nục nụi nụm nụng nụt nủ nủa nứ nứa nức nứng nứt nữ nự nực nựng o phiêu phiếu phà phàn phàng phành phào phày
phá phác phách phái phán pháo phây phãi phè phèn phèo phéng phét phên phì phình phía phích phím phín phính phít phò
phòm phóc phóng phót phô phôi phôn phùi phùn phùng phú phúa phúc phúi phún phúng phút phĩ phũ phơ phơi phơn phư phước
phướng phượng phạ phạc phại phạn phạng phạo phạt phả phảng phảo phấn phẩm phẫu phẳng phế phến phề phền phể phệ phện
phỉ phỉnh phị phịa phịch phịnh phịt phịu phỏng phốc phối phốt phồ phồi phồn phồng phổ phổi phổng phộ phộc phớ phới
phớt phờ phở phởi phụng phụp phụt phủng phứ phừ phừa phừng phữ phực quyên quyển quà quàn quàng quành quái quán quáng
quân quây què quét quê quên quí quýt quơ quạ quạc quạnh quạt quạy quải quấy quầy quẩn quận quặng quế quến quệ quện quỉ
quị quủ quứ quỳ quỵ quỷ ruồi ruộng ruột rài ràn ràng rành rào rác rách rái rán ráng ráo ráp rát râu rây rã rãi rãng
rãnh rão rè rèn ré réo rét rê rêm rên rênh rêu rì rìa rình rí rích rít ríu rò ròi ròm ròn ròng ró róc rói róm rón róng
rót rô rôi rông rù rùa rùi rùn rùng rú rúc rúi rúm rún rúng rúp răng rĩ rĩa rĩnh rũ rũi rơ rơi rơm rơn rư rưng rươi
rương rước rưới rườm rưỡi rượng rượt rượu rạ rạc rạch rạn rạng rạnh rạo rạp rạt rạy rả rải rản rảng rảnh rảo rảy rất
rậm rập rắn rằng rặng rẹ rẻ rế rến rề rền rể rễ rệ rện rỉ rỉa rỉnh rị rịa rịch rịnh rịt rịu rọ rọn rỏ rỏng rố rốc rối
rống rốt rồ rồng rổ rổng rỗ rỗng rộ rộc rội rộn rột rớ rới rớm rớn rớp rớt rờ rời rờm rờn rở rởi rỡ rợ rợp rụ rục rụi
rụm rụng rụp rụt rủ rủa rủng rứ rứa rức rứng rừ rừa rừng rữa rự rựa rực say siên siêng siêu siết suôi suôn suối suốt
sà sài sàn sành sào sàu sái sám sán sáo sáp sát sáu sâm sân sâu sây sã sãi sãng sè sèn sé séc séng séo sét sê sên sêu
sì sìm sình sí sính sít sò sòi sòn sòng só sóc sói sóm són sóng sót sô sôi sôn sông sõi sõng sù sùa sùi sùn sùng sú
súc súi súm sún súng súp sút sý săn sĩ sĩa sũng sũy sơi sơm sư sưng sưu sương sước sướn sướng sướt sườn sường sượng sạ
sạch sại sạn sạng sạo sạp sạt sạy sả sải sảng sảnh sảo sảy sấm sập sậy sắc sắn sề sể sỉ sị sịnh sịt sọ sọc sỏ sỏi sốc
sối sống sốp sốt sồ sồi sồng sỗ sộ sộc sộng sột sớ sới sớm sớn sớt sờ sời sờm sờn sởi sỡ sợ sợi sợt sụ sục sụi sụm
sụng sụp sụt sủ sủa sủng sứ sứa sức sứng sừ sừng sữa sựa sực sựng sựt sỵ sỹ thiêm thiên thiêng thiêu thiền thiệt thoàn
thoáng thoại thoảng thuyên thuyết thuyền thuôn thuý thuần thuốc thuốt thuồng thuở thuỷ thà thài thàng thào thày thác
thách thám thán thánh tháo tháp thâm thân thâu thây thè thèm thé thép thét thê thên thênh thêu thìa thìn thình thía
thích thín thính thít thò thòi thòm thòn thòng thó thóc thói thóm thón thóng thóp thót thô thôm thôn thù thùa thùi
thùn thùng thùy thú thúa thúi thúm thún thúng thúp thút thúy thý thăm thăng thĩ thũng thơ thơi thơm thơn thưa thưng
thướt thưởng thượng thạ thạc thại thạn thạng thạnh thạo thạp thạt thải thảm thản thảng thảnh thấm thất thầy thẫm thật
thắng thắp thẳng thặng thẹ thến thề thền thệ thện thỉ thỉa thỉnh thịa thịch thịnh thịt thỏ thỏi thố thốc thối thốt thồ
thồn thồng thổ thổi thổng thộ thộc thội thột thớ thới thớm thờ thở thởi thợ thụ thục thụi thụng thụp thụt thụy thủa
thủi thủng thứa thứng thừ thừng thự thựa thựng thỳ tiêm tiên tiềm tiểu tiệm tiện toà toá toát toé toét toạ toản tranh
triên triêu triết triệt truy truỳ trà trài tràn tràng trành trào trày trác trái trám tráng tránh tráo trát trâm trân
trâu trây trãi trãng trèo tréo trêu trính trít trò tròi tròm tròng tró tróc trói tróm trón tróng trót trô trôi trôn
trông trõi trõng trù trùa trùi trùm trùn trú trúi trúm trún trúng trút trăng trĩ trĩnh trĩu trũ trũi trũng trơ trơi
trơm trơn trư trưa trưng trưu trương trượng trượt trạ trạc trạch trại trạm trạnh trạo trạp trạt trải trảm trản trảng
trảnh trảo trảy trấn trấu trầm trần trẩy trận trật trắc trắng trẹn trẻ trế trề trể trễ trệ trỉ trịch trịnh trịt trịu
trọ trọc trỏ trỏi trốc trối trốt trồ trồi trồn trồng trổ trổng trộ trộc trội trộng trột trớ trớn trờ trời trợi trục
trụi trụm trụng trụt trụy trủ trủa trủng trứ trứa trức trứng trừa trừng trử trữ trự trựa trựng tuyên tuyết tuyển tuyệt
tuân tuê tuôi tuôn tuông tuý tuýp tuần tuối tuốt tuội tuột tà tàng tành tào tàu tày tá tách tái tám tán táng tánh táo
táp tát tân tâu tây tã tãng tãnh tè tèo té téc tém tép tét tê têm tênh têu tì tìa tìu tí tía tím tín típ tít tíu tò
tòa tòi tòm tòn tòng tó tóc tói tóm tón tóng tóp tót tô tôi tôm tôn tông tõ tõi tõm tù tùi tùm tùng tú túa túc túi túm
tún túng túp tút túy tý tĩ tĩa tĩn tĩu tũ tũi tơ tơi tơn tưng tươi tươm tước tưới tườm tường tưởng tạ tạc tạch tạn
tạng tạnh tạp tạt tả tảm tản tảnh tảo tảy tấm tấn tấu tầm tầu tẩm tẩu tẩy tận tật tắc tắm tắt tặng tẻ tẽ tến tết tề tể
tễ tệ tỉ tỉa tị tịa tịm tịn tịnh tịt tịu tọa tỏa tỏi tỏng tố tốc tốn tống tồ tồi tồng tổn tộ tội tộn tộng tột tớ tớm
tớn tớp tớt tời tờm tờn tở tợ tợp tụ tụi tụm tụng tụp tụt tụy tủ tủa tủi tủng tủy tứ tức tứng tữ tựa tực tựng tỳ tỵ uý
uống uổng uỷ vai viên viền viễn vuông vài vàn vành vày vá vác vách ván váng váy vân vây vã vè vèo vé véc vén véo vét
vê vên vênh vêu vìa vình vía vín vính vít víu vò vòi vòm vòng vó vóc vói vóm vón vóng vót vô vôi vôn vông võ võng vù
vùa vùi vùn vùng vú vúc vún vúng vút vý vĩ vĩa vũng vơ vơi vơn vư vưa vưng vươn vương vước vướng vườn vường vượng vạ
vạc vạch vại vạn vạng vạnh vạo vạt vạy vả vải vản vảng vảnh vảy vấp vất vật vắng vắt vằn vặt vẹ vẹn vẹt vẻ vẽ vế vể vệ
vện vệnh vệt vỉ vỉnh vịa vịch vịn vịnh vịt vịu vọ vọi vọng vỏ vỏi vố vối vống vốt vồ vồi vồn vồng vổ vổng vỗ vộ vộc
vội vộn vộng vột vớ vớn vớp vớt vờ vời vờn vở vỡ vợ vợi vợt vục vụi vụm vụng vụt vủ vủng vứa vức vứng vứt vừ vừng vữ
vữa vững vự vựa vựng vỳ vỵ vỹ xa xiêm xiên xiêu xiết xoà xoáy xoè xung xuyến xuê xuôi xuông xuýt xuối xuồng xà xài
xàng xào xày xá xáo xát xâm xâu xè xèo xé xén xéo xép xê xên xênh xì xí xích xít xò xòi xòm xòng xó xóc xói xóm xóng
xóp xót xô xôi xôm xôn xông xõ xù xùi xùng xú xúc xúm xúng xúp xút xăng xĩ xĩnh xũ xơ xơi xơm xơn xư xưa xưng xước
xường xưởng xạ xạc xạch xạo xạp xạt xạy xả xải xản xảo xấp xấu xẩm xẹ xẻ xẻng xẽ xế xếch xề xể xệ xỉ xỉa xỉnh xị xịa
xịch xịnh xịt xịu xỏ xỏng xố xốc xối xốn xống xốp xốt xồ xồi xồn xồng xổ xổi xổng xộ xộc xội xộn xột xớ xới xớm xớp
xớt xờ xời xờm xở xởi xợ xụ xục xụng xủ xủi xủng xứ xứa xức xứng xừ xừa xừng xự xựa xực yến yếu yểu à á ái áo ân éc ém
én ép ét ê êm ích ím óc óp ôm ôn ông úp úy đoàn đoán đoản đuôi đuối đuổi đà đài đàn đàng đành đày đèo đêm đìa đình đòi
đóm đón đót đô đôi đù đùa đùi đùn đùng đú đúa đúc đúi đún đúp đút đĩ đĩnh đũa đơ đơi đơm đư đưng đươi đương đạ đạc
đạch đại đạn đạnh đạp đả đải đản đảng đảnh đảo đảy đất đẫm đậm đập đậu đắc đắp đằng đẳng đặc đặng đẹp đế đền đễ đệ đệp
đỉ đỉa đỉnh đị địch địt địu đọ đọng đỏ đỏng đố đốn đống đốp đốt đồ đồi đồn đổ đổng đỗ đội độn độp đớ đớm đớn đớp đớt
đờ đời đờn đở đỡ đợ đợi đụ đục đụi đụm đụng đụp đụt đủi đủng đứ đứa đứt đừ đừa đừng đự đực đựng đựt ơ ơn ư ưa ưng ươm
ươn ước ướt ườn ạ ả ải ảm ảnh ảo ấm ấp ất ẻ ếch ịch ỏ ốc ốp ổn ộc ớm ớn ủ ủa ủi ủng ứ ứa ứt ỳ ỵ ỷ

biến bàn bày bá băng bạn bấm bỉm bớt chiếm chiến chiều chấm chất chống chừng câu cạnh cẩm cống cục diệt dọc dồn e giám
giờ góc gọi gọn hoa hoằng hà hài hàng hậu hồi hỗ khiển khoản khu khẩu khỏi khối kia kiểu kênh kể lan lang lao luôn lát
lãnh lương lượng lắp lặc lặp lọc lục màn mình mô mường mại mốc mối mời nga nghi ngoại ngoặc ngôn ngưỡng ngắn ngọc ngữ
nhanh nhiêu nhìn nhỏ nén phó phông phù phạm quát quảng rà soát soạn sáng sản sầm sắp tham them thiểu thiệu thoát thái
thôi thúc thước thạch thảo thấy thẻ thọ thủy tiến tiếng tiền trích trùng trăm trọn trọng trộn trụ trừ tuổi tĩnh tương
tượng tộc tờ vay vui vàng vĩnh vũ vậy vừa xong xuống xách xét xương xảy yên áp âm đa đam đâu đãi đè đôn đông đường đầy
đẩy đặt độc đột đức đứng ưu

ba bao biết bãi bên bạc bắt bởi cao chuẩn chánh chí chú chịu chỗ chứa càng cá cây cùng cũng cước cảnh cập diễn dấu
dừng gian giúp giảm gần gắn hiểu hầu kho khóa khớp kéo li luận lòng lũy lộc lớn lớp mang muốn màu mất nam nay ngang
nghĩa nhóm ninh nó nông phường phận phụ quay quỹ riêng rút rộng sai sang sàng sánh sẵn sẽ tay thi thiết thuê thương
thả thấp thẩm thừa tinh toán trí tròn tìm tùy tạm tải tịch tối tốt tồn viện vì vượt vấn vẫn xuân xác xám xếp yêu ít ý
đo đính đóng đĩa đếm đều đốc đợt ẩn ổ

bảng bảo bồi chia chung chép chế chỉnh chờ con cuối cuộc cài căn cũ cải cầu cố cộng cứ doanh duy dán dưới dưỡng dụ
giấy giữa gói gõ gốc hai hay huấn hằng họa học hỏi hỏng hộ hội hộp khoa khoảng khung khôi kiện kê liệt luật lúc lĩnh
lượt lệnh lịch lỗi lời mua mà mâu môi ngoài nhau nhiều nhật nhắc những năng nơi nằm nền nữa phiên pháp phân phê phản
quá quý sung sắm sẻ thiện thuẫn thuế tháng thêm thí thập thế thị thử tiết trao trường trở trợ tâm tăng tảng tất tế tổ
tới tự vi viết việt ví vận vốn vực xuyên xuất ánh điền đào đăng đưa đạo đảm địa đối ương

bo bằng bỏ bố bổ chi chiếu chuyên chuyển chối chốt chủ chứng chữ cung cách do dung duyệt dõi dạng dẫn dự giai giao giữ
gì hiệu hoạt hình hơn hướng hạ hạng hải hết họp kinh kỹ loại lên lấy lần lập lực minh mẫu mật mọi mỗi mới nghiệp
nguyên như nhưng nhất nhập nâng nên nêu nếu nối nộp phép phí phòng phương phố phục quy quyền ra rõ rồi sao sau sinh
sơn sự thanh thao thay thiếu thu thuật thì thường thể thời thứ thức triệu trách trì trúc trưởng trạng trả trị trống
tài tên tình tích tư tướng tại tạo tầng tập từng xóa xử án đi đoạn đây đấu đồng động

an bị cho chương chọn chức cán còn cần cổng cột cửa danh dòng dùng dựng giá gồm hiện hóa hạn hợp in khai khi khác kiến
kiểm kèm ký liên làm lưu máy mã mở mức nguồn ngành ngân người nhà nào nước nội phải qua quyết quả quản sách sổ sử sửa
thầu thủ thực tiếp toàn tra trang triển trung truyền tác tổng tục việc vào về với xem xin xây đang điều điểm đánh đó
đúng đạt đầu đến đề đọc đổi đủ ủy ứng

ban biểu chưa cả dân dịch dụng dữ ghi gia giải gửi hoàn hoạch hoặc huyện hãy hệ hồ kế kết là lý lại lệ mạng mềm mục
nghệ nghị ngày nhiệm nhân nhận này năm phát phần phủ quốc sơ sở theo thuộc thành thư thống tiêu trên trình trước trực
tuyến tính từ tỷ xã ô để định độ ở

a báo bản bộ chính chỉ các cáo cơ hành kỳ một quan tin trong tỉnh tử và văn vụ y điện đã được

có công cấp của không liệu số thông tệp vị đơn
"""
"""Syllables from rare to common; those of each paragraph are twice as common as those of the one before."""

"""The words that people write over the columns of ball maps, pad lists, netlists and wire lists, by what they mean."""

from __future__ import annotations

_WORDS = {
    "site": """
        ball balls bump bumps pad pads pin pins site terminal land lead contact ballpos sphere solderball bondpad diepad padid
        kugel lotkugel lotperle anschluss anschlusspin stift kontakt pad_name
        bille billes broche plot contact borne
        bola bolas pata patilla terminal almohadilla
        sfera pallina piedino piazzola
        esfera pino terminal
        bol kogel aansluiting kula lodkula stift ben kulička vývod kulka wyprowadzenie pallo nasta golyó bilye
        шарик шарика вывод вывода контакт контакта площадка площадки
        球 焊球 锡球 錫球 焊盘 焊盤 引脚 管脚 接脚 腳位 脚位 端子 凸点 凸块
        ボール はんだボール 半田ボール ピン 端子 パッド バンプ
        볼 솔더볼 핀 패드 단자 범프
        """,
    "net": """
        net netname nets signal signals signalname function func node symbol mnemonic
        netz netznamen netzname signalbezeichnung knoten
        réseau reseau équipotentielle equipotentielle señal senal red red_name segnale rete sinal rede signaal nät signál síť
        signalnamn nettnavn signalnavn
        sygnał sygnału signaali sinyal jel jelnév signálu
        sieć цепь цепи сигнал сигнала 网络 網絡 網路 信号 信號 讯号 ネット 信号名 ネット名 네트 신호 신호명 넷
        """,
    "name": """
        name designation bezeichnung bez nom nombre nome имя название 名称 名稱 名前 名 이름 naam namn navn nazwa jméno nimi
        """,
    "diameter": """
        diameter dia diam ø d balldiameter ballsize bumpdiameter durchmesser diamètre diametre diámetro diametro diâmetro
        średnica
        průměr диаметр 直径 直徑 径 지름 직경
        """,
    "row": "row rows rowname zeile reihe rangée rangee ligne fila riga linha rij rad ряд строка řada wiersz 行 행",
    "column": "col column columns columnname spalte colonne columna colonna coluna kolom kolumn столбец колонка sloupec "
    "kolumna 列 열",
    "width": "width w wx sizex xsize padwidth dx breite largeur ancho larghezza largura breedte bredd ширина 宽 宽度 幅 폭",
    "height": "height h ysize sizey padheight dy höhe hoehe hauteur alto altezza altura hoogte höjd высота 高 高度 高さ 높이",
    "bumpheight": "bumpheight jointheight pillarheight",
    "landstep": "landstep landlevel",
    "bumpturn": "bumpturn",
    "bumpwidth": "bumpwidth",
    "soldersphere": "soldersphere spherediameter",
    "bareland": "bareland",
    "from": "from fromend start startpad wirestart source bond1 firstbond 1stbond von de desde da от 起点 起點 始点 시작",
    "to": "to toend end endpad wireend destination bond2 secondbond 2ndbond nach vers hasta a à до 终点 終點 終点 끝",
    "finger": """
        finger fingers bondfinger leadfinger bondingfinger leadno leadname innerlead substratefinger bondstelle doigt dedo dito
        палец 金手指 手指 フィンガー 핑거
        """,
    "length": "length len wirelength l länge laenge longueur longitud lunghezza comprimento lengte längd długość délka длина "
    "长度 線長 线长 长 长さ 길이",
    "tier": "tier loopgroup looptier level ebene niveau nivel livello уровень 层 ティア",
    "angle": "angle rotation rot orientation theta winkel drehung ângulo ángulo angolo hoek vinkel угол 角度 각도",
    "unit": "unit units einheit einheiten unité unites unités unidad unidades unità unidade eenheid jednostka jednotka "
    "единица 单位 單位 単位 단위",
    "chip": "chip die dieref device component comp u chipname diename",
    "fingerx": "fingerx xfinger x2 tox xto endx xend leadx xlead",
    "fingery": "fingery yfinger y2 toy yto endy yend leady ylead",
    "wiredia": "wirediameter wiredia drahtdurchmesser wire",
}
ROLES: dict[str, str] = {}
for _role, _listed in _WORDS.items():
    for _word in _listed.casefold().split():
        ROLES.setdefault(_word, _role)
# Words that stand for a site as well as for its signal.
WEAK = frozenset(("contact", "function", "terminal", "name", "land", "lead", "d", "w", "h", "l", "de", "a", "da", "u", "red",
                  "end", "start"))
BALLS = ("ball", "kugel", "bille", "bola", "sfera", "esfera", "bol", "kula", "kulička", "kulka", "шарик", "球", "ボール", "볼")

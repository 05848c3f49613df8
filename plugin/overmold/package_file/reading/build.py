"""From checked models to a ``Package``, and every fault that only shows when its parts are seen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Optional

import numpy as np

from ... import package as p
from ...arrays import Sites
from ...faults import Fault
from ...marked_yaml import Marked
from ...package import keys
from ...package.bounds import too_far
from ...package.cavity import with_tops
from ...shapes import Outline, Point, rectangle, transform
from ...units import LENGTH, show
from ..cases import CASES
from ..models import root as m
from ..models.array import Array
from ..models.declared import data_in
from ..models.values import Path
from .array_sites import laid_out
from .beside import Folder, beside
from .bumps import built_bumps, idle_weight
from .cavities import built_cavities, cavity_of, check_cavities
from .connected import connected_carrier, connected_chip, connected_passive
from .fingers import Placed, placed_fingers
from .keep_outs import built_keep_outs
from .lands import stated_lands
from .messages import example
from .mold import built_mold
from .netlist import Rows, Sink, connect, rows_of_spec
from .netlist_table import rows_of_file
from .outlines import stated_outline
from .placed import lead_sink, not_under_a_frame, placed_sites
from .places import one_name_each, places_of
from .sound import Sound
from .stacks import check_passives_on_chips, check_stacks, supports_of
from .terminals import built_terminals, data_of_top_lands, fit_for_top_lands

# What only some packages have (wires, frames) is imported where it is met: most checks are of those that have neither.
if TYPE_CHECKING:
    from ..models.wire import Wires
    from .wires import Laid


class Builder:
    """Builds one package; ``faults`` grows along the way."""

    def __init__(self, marked: Marked, sound: Sound, folder: Folder) -> None:
        self.marked, self.sound, self.folder = marked, sound, folder
        self.faults, self.remarks = list[Fault](), list[str]()
        self.parts: dict[str, Sink] = {}
        self.balls: Optional[Sink] = None

    def package(self, root: m.Root) -> p.Package:
        """The whole package, nets and places included."""
        carrier = self._carrier(root.carrier)
        fingers = placed_fingers(root.carrier.fingers, self.marked, self.folder, self.faults, self.remarks)
        self.fingers = Sink("fingers", {one.finger.name: i for i, one in enumerate(fingers)}, [""] * len(fingers),
                            [one.finger.net for one in fingers])
        self.leads = lead_sink(carrier.frame)
        chips = [self._chip(chip, ("chips", i)) for chip, i in zip(root.chips, self.sound.entries.get("chips", ()))]
        passives = [self._passive(part, ("passives", i))
                    for part, i in zip(root.passives, self.sound.entries.get("passives", ()))]
        self.faults += not_under_a_frame(root, self.sound.entries, self.marked)
        one_name_each(self.marked, self.faults, self.sound.broken)
        check_stacks([(chip, ("chips", i)) for chip, i in zip(chips, self.sound.entries.get("chips", ()))],
                     [part.name for part in passives], self.sound.broken, self.marked, self.faults)
        check_passives_on_chips(passives, self.sound.entries.get("passives", ()), chips, self.sound.broken,
                                (self.marked, self.faults))
        check_cavities(chips, ("chips", self.sound.entries.get("chips", ())), root.cavities, self.marked, self.faults)
        check_cavities(passives, ("passives", self.sound.entries.get("passives", ())), root.cavities, self.marked, self.faults)
        balls = self._ball_array(root.balls) if root.balls is not None else None
        mold = built_mold(root.mold, carrier.outline, self.marked, self.faults) if root.mold is not None else None
        top_lands = self._top_lands(root.top_lands, carrier) if root.top_lands is not None else None
        self._connect(root)
        keep_outs = built_keep_outs(root.keep_outs, carrier, self.marked, self.faults)
        wires = self._wires(root.wires, chips, fingers, carrier.frame) if root.wires is not None else []
        cut, lands = root.singulation, stated_lands(root.lands, self.marked, self.folder, self.faults)
        package = p.Package(
            name=root.package, source=self.marked.source,
            carrier=connected_carrier(carrier, fingers, self.fingers.nets, self.leads.nets),
            wires=tuple(one.wire for one in wires),
            chips=tuple(connected_chip(chip, self.parts[chip.name].nets) for chip in chips),
            passives=tuple(connected_passive(part, self.parts[part.name].nets) for part in passives),
            top_lands=replace(top_lands, nets=tuple(self.parts[keys.TOP].nets)) if top_lands is not None else None,
            mold=mold, lands=lands, keep_outs=keep_outs,
            cavities=built_cavities(root.cavities, self.marked, self.faults), remarks=tuple(self.remarks),
            lid=p.Lid(**data_in(root.lid, p.Lid)) if root.lid is not None else None,
            balls=replace(balls, nets=tuple(self.balls.nets)) if balls is not None and self.balls is not None else None,
            singulation=p.Singulation(**data_in(cut, p.Singulation)) if cut is not None else None,
            places=places_of(self.marked, chips, passives, fingers, wires), **data_in(root, p.Package),
        )
        self._within_reach(package)
        return with_tops(package)

    def _within_reach(self, package: p.Package) -> None:
        """A fault for whatever lies or reaches farther out than a board built from it could say."""
        if self.faults:
            return
        for key, message in too_far(package):
            place = package.place(key)
            self.faults.append(Fault(place.file, message, place.line, place.column))

    def _carrier(self, carrier: m.Carrier) -> p.Carrier:
        outline = stated_outline(carrier.size, carrier.outline, (0, 0), 0, ("carrier",), self.marked, self.faults)
        layers = tuple(p.Layer(name=layer.name, kind=layer.layer, **data_in(layer, p.Layer)) for layer in carrier.stackup)
        for i, layer in enumerate(layers):
            if layer.kind == "mask" and 0 < i < len(layers) - 1:
                said = "solder mask inside the carrier; it can only be the first or the last layer"
                self.faults.append(self.marked.fault(("carrier", "stackup", i), said))
        frame = self._frame(carrier, outline) if carrier.frame is not None and outline is not None else None
        return p.Carrier(outline=outline or rectangle((0, 0), (1_000_000, 1_000_000)), stackup=layers, frame=frame,
                         **data_in(carrier, p.Carrier))

    def _frame(self, carrier: m.Carrier, outline: Outline) -> Optional[p.Frame]:
        if carrier.kind != p.LEAD_FRAME:
            self._fault(("carrier", "frame"), f"'{carrier.kind}' has no frame; write kind: lead frame, or leave 'frame' out")
        if carrier.stackup:
            self._fault(("carrier", "stackup"), "a lead frame is one piece of metal, with 'thickness' in 'frame'; "
                        "leave 'stackup' out")
        from .frame import built_frame

        frame = built_frame(carrier.frame, outline, self.marked, self.faults) if carrier.frame is not None else None
        if frame is None:
            self.sound.broken.update(("", "carrier", "balls"))
        return frame

    def _chip(self, chip: m.Chip, path: Path) -> p.Chip:
        at = (chip.at[0], chip.at[1])
        outline = stated_outline(chip.size, chip.outline, at, chip.angle, path, self.marked, self.faults)
        bumps = None
        if chip.bumps is not None:
            sites = self._sites(chip.bumps.array, (*path, "bumps", "array"), chip.name, at, chip.angle)
            bumps = built_bumps(chip.bumps, sites, (*path, "bumps"), self._fault, self.remarks)
        self.remarks += idle_weight(chip, bumps, path)
        pads = None
        if chip.pads is not None:
            spots = self._sites(chip.pads.array, (*path, "pads", "array"), chip.name, at, chip.angle)
            pads = p.BondPads(spots, (), **data_in(chip.pads, p.BondPads))
            if outline is not None and pads.size > max(outline.size):
                self._fault((*path, "pads", "size"), f"a pad of {show(pads.size, LENGTH)} is larger than its chip, "
                            f"{' by '.join(show(side, LENGTH) for side in outline.size)}")
        below, above = (part.sites.names if part is not None else () for part in (bumps, pads))
        shared = sorted(set(below) & set(above))
        if shared:
            self._fault((*path, "pads"), f"a bump and a pad of {chip.name} are both named '{shared[0]}'; give the pads names "
                        "of their own, for example array: names: {prefix: P}")
        self._part(chip.name, (*below, *above))
        return p.Chip(name=chip.name, outline=outline or rectangle(at, (1, 1)), at=at, angle=chip.angle, bumps=bumps, pads=pads,
                      on=supports_of(chip, path, self._fault), **data_in(chip, p.Chip), **cavity_of(chip, p.Chip))

    def _passive(self, part: m.Passive, path: Path) -> p.Passive:
        at = (part.at[0], part.at[1])
        data, pads = {**data_in(part, p.Passive), **cavity_of(part, p.Passive)}, part.pads
        if isinstance(part.size, str):
            case = CASES[part.size]
            size = case.size
            data["height"] = data["height"] or case.height
            drawn = [((sign * case.pad_x, 0), case.pad) for sign in (-1, 1)]
        else:
            size, drawn = (part.size[0], part.size[1]), []
            if pads is None and self.marked.at((*path, "pads")) is None:
                self._fault(path, "'pads' is missing, for a passive of its own size; write for example pads: "
                            + example((*path, "pads")))
        if pads is not None:
            drawn = [((pad.at[0], pad.at[1]), (pad.size[0], pad.size[1])) for pad in pads]
        if part.nets and len(part.nets) != len(drawn) and drawn:
            self._fault((*path, "nets"), f"{part.name} has {len(drawn)} pads, but 'nets' lists {len(part.nets)}; "
                        "write one net for each pad, \"\" for none")
        nets = [*part.nets, *[""] * len(drawn)][:len(drawn)]
        terminals = tuple(p.Terminal(str(i + 1), transform(spot, at, part.angle), pad_size, net)
                          for i, ((spot, pad_size), net) in enumerate(zip(drawn, nets)))
        self._part(part.name, [terminal.name for terminal in terminals], nets)
        return p.Passive(name=part.name, outline=rectangle(at, size, part.angle), at=at, angle=part.angle, terminals=terminals,
                         on=supports_of(part, path, self._fault), **data)

    def _ball_array(self, balls: m.Balls) -> Optional[p.Balls]:
        sites = self._sites(balls.array, ("balls", "array"), "balls", (0, 0), 0)
        self.balls = Sink("balls", {name: i for i, name in enumerate(sites.names)}, [""] * len(sites))
        return built_terminals(balls, sites, self._fault, self.remarks)

    def _top_lands(self, lands: m.TopLands, carrier: p.Carrier) -> p.TopLands:
        fit_for_top_lands(carrier, self.parts, self._fault)
        sites = self._sites(lands.array, (keys.TOP_LANDS, "array"), keys.TOP, (0, 0), 0)
        self._part(keys.TOP, sites.names)
        return p.TopLands(sites, (), **{**data_of_top_lands(lands), "opening": lands.opening or lands.land})

    def _sites(self, array: Array, path: Path, name: str, at: Point, angle: int) -> Sites:
        """The array's sites on the carrier; none, and the part counted as broken, where it is at fault."""
        before = len(self.faults)
        whole = not any(taken[:len(path)] == path for taken in self.sound.taken)
        sites, idle = laid_out(array, path, self.marked, self.folder, self.faults) if whole else (None, ())
        self.remarks += idle
        if sites is not None:
            sites = placed_sites(sites, at, angle)
            if len(sites) and int(np.abs(sites.xy).max()) > LENGTH.largest:
                self._fault(path, "this array reaches farther than 1 m; look at its pitch, its grid and its place")
        if sites is None or len(self.faults) > before:
            self.sound.broken.add(name)
            return Sites((), np.zeros((0, 2), np.int64))
        return sites

    def _part(self, name: str, pads: Sequence[str], fixed: Sequence[str] = ()) -> None:
        sink = Sink(name, {pad: i for i, pad in enumerate(pads)}, [""] * len(pads), fixed)
        self.parts.setdefault(name, sink)

    def _connect(self, root: m.Root) -> None:
        if root.netlist is None:
            return
        if isinstance(root.netlist, str):
            data = beside(root.netlist, ("netlist",), self.folder, self.marked, self.faults)
            if data is None:
                return
            shown = self.folder.shown(root.netlist)
            rows: Rows = partial(rows_of_file, data, shown, self.faults, notes=self.remarks)
        else:
            shown = self.marked.source
            rows = partial(rows_of_spec, root.netlist, self.marked, self.faults)
        self.remarks += connect(rows, self.parts, self.balls, self.sound.broken, shown, self.faults, [self.fingers, self.leads])

    def _wires(self, wires: Wires, chips: Sequence[p.Chip], fingers: Sequence[Placed], frame: Optional[p.Frame]
               ) -> list[Laid]:
        """The wires, with the nets of their ends; the ends take nets from each other."""
        from .auto_wires import proposed_wires
        from .wires import Ends, laid_wires, spread_nets, with_nets

        ends = Ends(self.sound.broken)
        # Of two chips of one name, which is a fault by itself, the first has the name.
        for chip in {chip.name: chip for chip in reversed(chips)}.values():
            ends.add_chip(chip, self.parts[chip.name])
        ends.add_others(((one.finger.name, one.finger.at) for one in fingers), self.fingers)
        if frame is not None:
            ends.add_frame(frame, self.leads)
        laid = laid_wires(wires, ends, self.marked, self.folder, self.faults, self.remarks)
        meant = {name for name in ends.at if ends.net(name)}
        spread_nets([one.wire for one in laid], ends)
        proposed = proposed_wires(wires, chips, laid, ends, meant, self.marked, self.faults, frame)
        if proposed:
            laid += proposed
            spread_nets([one.wire for one in laid], ends)
        return with_nets(laid, ends)

    def _fault(self, path: Path, message: str) -> None:
        self.faults.append(replace(self.marked.fault(path, message, key=True), path=path))

from .api import build as build
from .api import check as check
from .api import load_deck as load_deck
from .api import read as read
from .check import Result as Result
from .faults import Fault as Fault
from .faults import Faults as Faults
from .package import Package as Package

__version__: str

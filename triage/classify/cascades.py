"""Failures whose cause is outside the code that failed: no patch of it heals them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from triage.incident import ExceptionInfo

_KINDS: dict[str, str] = {  # what happened -> exception types
    "a time limit ran out": """
        TimeoutError Timeout ReadTimeout ConnectTimeout WriteTimeout PoolTimeout TimeoutException timeout
        ConnectTimeoutError ReadTimeoutError SoftTimeLimitExceeded TimeLimitExceeded ConnectionTimeout
        ServerTimeoutError QueryCanceled QueryCanceledError DeadlineExceeded RetryError LockTimeout
        ServerSelectionTimeoutError LockNotAvailable
    """,
    "a connection failed": """
        ConnectionError ConnectionRefusedError ConnectionResetError ConnectionAbortedError BrokenPipeError
        ConnectError NetworkError RemoteProtocolError ReadError WriteError CloseError ProxyError
        MaxRetryError NewConnectionError ProtocolError RemoteDisconnected IncompleteRead ClientDisconnect
        ChunkedEncodingError ConnectionClosed ConnectionClosedError ConnectionDoesNotExistError
        EndpointConnectionError ConnectionClosedException HTTPClientError ClientConnectorError
        ClientConnectionError ClientOSError ServerDisconnectedError ServerConnectionError AutoReconnect
        NetworkTimeout NoBrokersAvailable KafkaConnectionError KafkaTimeoutError NoServersError
        AMQPConnectionError ConnectionForced ServiceUnavailable TransportError
    """,
    "a name could not be resolved": """
        gaierror herror NameResolutionError NXDOMAIN NoNameservers ClientConnectorDNSError
    """,
    "TLS failed": "SSLError SSLCertVerificationError SSLEOFError SSLZeroReturnError CertificateError",
    "the database is gone or busy": """
        InterfaceError AdminShutdown CannotConnectNow CrashShutdown ConnectionFailure TooManyConnections
        TooManyConnectionsError DeadlockDetected DeadlockDetectedError SerializationFailure BusyLoadingError
        MasterNotFoundError ClusterDownError DisconnectionError
    """,
    "memory ran out": "MemoryError OutOfMemoryError OutOfMemory",
    "a rate limit was hit": """
        RateLimitError RateLimitExceeded RateLimited TooManyRequests ThrottlingException Throttled
        ResourceExhausted SlowDown FloodWait RateLimitExceededException
    """,
    "another service failed": """
        BadGateway GatewayTimeout InternalServerError ServiceUnavailableError APIConnectionError
        APITimeoutError ServerError ServiceRequestError WorkerLostError BrokenProcessPool
    """,
}
_TYPES = {name: what for what, names in _KINDS.items() for name in names.split()}

_PHRASES: dict[str, tuple[str, ...]] = {  # what happened -> what messages say then
    "memory ran out": (
        r"Errno 12\]",
        "Cannot allocate memory",
        "Unable to allocate",
        "CUDA out of memory",
    ),
    "the disk is full": (
        r"Errno 28\]",
        r"Errno 122\]",
        "No space left on device",
        "Disk quota exceeded",
        "disk I/O error",
        "database or disk is full",
    ),
    "too many files are open": (r"Errno 2[34]\]", "Too many open files"),
    "a connection failed": (
        r"Errno (?:32|10[0-4]|11[0-3])\]",
        r"WinError 1006[01]",
        "[Cc]onnection (?:refused|reset|aborted|timed out|closed)",
        "[Nn]o route to host",
        "[Nn]etwork is unreachable",
        "[Bb]roken pipe",
        "[Cc]ould not connect",
        "[Ff]ailed to (?:establish a new connection|connect)",
        "Max retries exceeded",
        "Server disconnected",
    ),
    "a name could not be resolved": (
        r"Errno -[23]\]",
        "Name or service not known",
        "[Tt]emporary failure in name resolution",
        "getaddrinfo failed",
        "nodename nor servname",
    ),
    "TLS failed": (
        "CERTIFICATE_VERIFY_FAILED",
        "certificate verify failed",
        r"SSL: [A-Z_]{1,60}\]",
        "SSL SYSCALL",
    ),
    "a rate limit was hit": (
        r"\b429\b.{0,40}(?:Too Many|Client Error|rate)",
        "Too Many Requests",
        "[Rr]ate limit (?:exceeded|reached)",
        "Throttling",
    ),
    "the database is gone or busy": (
        "server closed the connection",
        "terminating connection",
        "too many (?:clients|connections)",
        "remaining connection slots",
        "the database system is (?:starting|shutting)",
        "[Dd]eadlock (?:detected|found)",
        "[Ll]ock wait timeout",
        "database is locked",
        "MySQL server has gone away",
        "Lost connection to",
        "could not serialize access",
        "canceling statement due to",
        "QueuePool limit",
        "connection pool exhausted",
    ),
    "another service failed": (
        r"\b50[0234]\b.{0,3} (?:Server Error|Bad Gateway|Service|Gateway Time|Internal Server)",
        "Server error '50[0234]",
        "Bad Gateway",
        "Service Unavailable",
        "Gateway Time-?out",
        r"StatusCode\.(?:UNAVAILABLE|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED)",
    ),
    "a time limit ran out": (r"\b(?:[Tt]imed out|[Tt]imeout expired|[Dd]eadline [Ee]xceeded)\b",),
}
_TEXTS = tuple((what, re.compile("|".join(phrases))) for what, phrases in _PHRASES.items())

# A slip in code may quote any text; its own type says that it is a slip.
_SLIPS = frozenset(
    [
        "KeyError",
        "IndexError",
        "AttributeError",
        "NameError",
        "UnboundLocalError",
        "TypeError",
        "ZeroDivisionError",
        "ImportError",
        "ModuleNotFoundError",
        "AssertionError",
        "RecursionError",
        "UnicodeDecodeError",
        "UnicodeEncodeError",
        "SyntaxError",
        "IndentationError",
        "NotImplementedError",
        "StopIteration",
        "JSONDecodeError",
        "DoesNotExist",
    ]
)
_DATABASE_SLIPS = re.compile(
    r"no such (?:table|column|function)|syntax error|near \"|has no column|does not exist|[Uu]nknown column"
)


def outside_cause(errors: Iterable[ExceptionInfo]) -> tuple[str, ExceptionInfo] | None:
    """(what happened, which exception says so), of the first in the chain that speaks of the outside."""
    for error in errors:
        what = _what(error)
        if what:
            return what, error
    return None


def _what(error: ExceptionInfo) -> str:
    message = error.value[:4000]
    if error.type in ("OperationalError", "InternalError", "DatabaseError", "DBAPIError"):
        return "" if _DATABASE_SLIPS.search(message) else "the database is gone or busy"
    if error.type in _TYPES:
        return _TYPES[error.type]
    if error.type in _SLIPS:
        return ""
    return next((what for what, pattern in _TEXTS if pattern.search(message)), "")

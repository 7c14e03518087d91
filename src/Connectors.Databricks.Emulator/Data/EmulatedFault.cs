namespace Connectors.Databricks.Emulator;

/// <summary>
/// What <see cref="EmulatedFaults"/> can do to an answer on its way. On the command line the names are written with dashes.
/// </summary>
public enum EmulatedFault
{
    /// <summary>429 with a <c>Retry-After</c> of one second, in place of the endpoint.</summary>
    Throttled,

    /// <summary>503 without a body, in place of the endpoint.</summary>
    Overloaded,

    /// <summary>502 with the page of a gateway, in place of the endpoint.</summary>
    BadGateway,

    /// <summary>504 with the page of a gateway, in place of the endpoint.</summary>
    GatewayTimeout,

    /// <summary>302 to another host, in place of the endpoint.</summary>
    Redirect,

    /// <summary>The headers come <see cref="EmulatedFaults.Pause"/> later.</summary>
    DelayedHeaders,

    /// <summary>The body comes in sixteen pieces, <see cref="EmulatedFaults.Pause"/> between two of them.</summary>
    SlowDrip,

    /// <summary>Each byte of the body is sent on its own.</summary>
    ByteByByte,

    /// <summary>The connection is reset before the first byte of an answer, which the endpoint has made.</summary>
    ResetBeforeHeaders,

    /// <summary>The connection is closed before the first byte of an answer.</summary>
    CloseBeforeHeaders,

    /// <summary>The connection stays open, and nothing ever comes.</summary>
    SilenceBeforeHeaders,

    /// <summary>The connection is reset in the middle of a header.</summary>
    ResetInHeaders,

    /// <summary>The connection is reset after half of the body.</summary>
    ResetMidBody,

    /// <summary>The connection is closed after half of a chunked body.</summary>
    CloseMidBody,

    /// <summary>The connection stays open, and nothing comes after half of the body.</summary>
    SilenceMidBody,

    /// <summary>Interim responses, 100, 102 and 103, come before the answer.</summary>
    InterimResponses,

    /// <summary>A header of 128 KiB.</summary>
    HugeHeader,

    /// <summary>The banner of another protocol in place of a status line.</summary>
    NotHttp,

    /// <summary><c>Content-Length</c> is larger than the body, behind which the connection is closed.</summary>
    LengthTooLong,

    /// <summary><c>Content-Length</c> is half of the body; the rest follows as if it were the next answer.</summary>
    LengthTooShort,

    /// <summary>The size of a chunk is no number.</summary>
    BrokenChunks,

    /// <summary>A gzip body that ends halfway, with the length to match.</summary>
    TruncatedGzip,

    /// <summary>A plain body that is called gzip.</summary>
    FalseGzip,

    /// <summary>The right body, called <c>text/plain</c>.</summary>
    WrongContentType,

    /// <summary>The login page of a proxy, with status 200.</summary>
    HtmlPage,

    /// <summary>No byte of body, and the length to match.</summary>
    EmptyBody,

    /// <summary>Status 204.</summary>
    NoContent,

    /// <summary>The last third of the body is missing, with the length to match.</summary>
    TruncatedJson,

    /// <summary>Bytes that no JSON may hold in the middle of the body.</summary>
    GarbageJson,

    /// <summary>Bytes that are no UTF-8 in a text of the body.</summary>
    InvalidUtf8,

    /// <summary>A hundred thousand brackets inside each other.</summary>
    DeepJson,

    /// <summary>A text, or a line of a stream, of <see cref="EmulatedFaults.HugeBytes"/> without an end.</summary>
    HugeLine,

    /// <summary>Each event of a stream comes twice; so does a whole document.</summary>
    DuplicatedEvents,

    /// <summary>An error object: in the middle of a stream, or in place of the document, with status 200.</summary>
    ErrorInGoodStatus,
}

namespace Connectors.Databricks.Emulator;

/// <summary>The faults that <see cref="EmulatedFaults"/> can inject. On the command line the names are written in kebab case.</summary>
public enum EmulatedFault
{
    /// <summary>429 with a <c>Retry-After</c> of one second, instead of the endpoint's response.</summary>
    Throttled,

    /// <summary>503 without a body, instead of the endpoint's response.</summary>
    Overloaded,

    /// <summary>502 with the HTML page of a gateway, instead of the endpoint's response.</summary>
    BadGateway,

    /// <summary>504 with the HTML page of a gateway, instead of the endpoint's response.</summary>
    GatewayTimeout,

    /// <summary>302 to another host, instead of the endpoint's response.</summary>
    Redirect,

    /// <summary>The headers are delayed by <see cref="EmulatedFaults.Pause"/>.</summary>
    DelayedHeaders,

    /// <summary>The body is sent in sixteen parts with <see cref="EmulatedFaults.Pause"/> between them.</summary>
    SlowDrip,

    /// <summary>Each byte of the body is sent in a separate write.</summary>
    ByteByByte,

    /// <summary>The connection is reset before the first byte of the response, after the endpoint has processed the request.</summary>
    ResetBeforeHeaders,

    /// <summary>The connection is closed before the first byte of the response.</summary>
    CloseBeforeHeaders,

    /// <summary>The connection stays open without any response.</summary>
    SilenceBeforeHeaders,

    /// <summary>The connection is reset within a header.</summary>
    ResetInHeaders,

    /// <summary>The connection is reset after half of the body.</summary>
    ResetMidBody,

    /// <summary>The connection is closed after half of a chunked body.</summary>
    CloseMidBody,

    /// <summary>The connection stays open after half of the body.</summary>
    SilenceMidBody,

    /// <summary>Interim responses, 100, 102 and 103, precede the response.</summary>
    InterimResponses,

    /// <summary>A header of 128 KiB.</summary>
    HugeHeader,

    /// <summary>The banner of another protocol instead of a status line.</summary>
    NotHttp,

    /// <summary><c>Content-Length</c> is larger than the body; the connection is closed after it.</summary>
    LengthTooLong,

    /// <summary><c>Content-Length</c> is half of the body; the rest follows as if it were another response.</summary>
    LengthTooShort,

    /// <summary>The size of a chunk is not a number.</summary>
    BrokenChunks,

    /// <summary>A gzip body that ends after half, with a matching length.</summary>
    TruncatedGzip,

    /// <summary>A plain body declared as gzip.</summary>
    FalseGzip,

    /// <summary>The correct body, declared as <c>text/plain</c>.</summary>
    WrongContentType,

    /// <summary>The HTML login page of a proxy, with status 200.</summary>
    HtmlPage,

    /// <summary>An empty body with a matching length.</summary>
    EmptyBody,

    /// <summary>Status 204.</summary>
    NoContent,

    /// <summary>The last third of the body is missing, with a matching length.</summary>
    TruncatedJson,

    /// <summary>Bytes that are invalid in JSON in the middle of the body.</summary>
    GarbageJson,

    /// <summary>Invalid UTF-8 in a string of the body.</summary>
    InvalidUtf8,

    /// <summary>A hundred thousand nested brackets.</summary>
    DeepJson,

    /// <summary>A string, or a line of a stream, of <see cref="EmulatedFaults.HugeBytes"/> without an end.</summary>
    HugeLine,

    /// <summary>Each event of a stream is sent twice; so is a whole document.</summary>
    DuplicatedEvents,

    /// <summary>An error object in a 200 OK body: in the middle of a stream, or instead of the document.</summary>
    ErrorInOkBody,
}

using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Breaks the connection in the next stream. A response without streaming breaks after half of its body.</summary>
    /// <param name="events">The number of data events before; a shorter stream breaks before <c>[DONE]</c>.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint CutsTheStreamAfter(int events) =>
        Decorate(next => next.CutAfter is not null, next => next with { CutAfter = events });

    /// <summary>Ends the next stream without an error, a finish reason or <c>[DONE]</c>.</summary>
    /// <param name="events">The maximum number of data events before.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint EndsTheStreamQuietlyAfter(int events) =>
        Decorate(next => next.EndAfter is not null, next => next with { EndAfter = events });

    /// <summary>Pauses the next stream on the emulator's clock, after the headers.</summary>
    /// <param name="duration">The duration.</param>
    /// <param name="afterEvents">The number of data events before.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint GoesSilentFor(TimeSpan duration, int afterEvents = 0) =>
        Decorate(next => next.Silence is not null, next => next with { Silence = (duration, afterEvents) });

    /// <summary>Delays the next response, including its headers, on the emulator's clock.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint DelaysTheHeadersBy(TimeSpan duration) =>
        Decorate(next => next.HeaderDelay is not null, next => next with { HeaderDelay = duration });

    /// <summary>Adds an event of an unknown type to the next stream.</summary>
    /// <param name="name">The <c>event:</c> name; null omits it.</param>
    /// <param name="data">The data.</param>
    /// <param name="afterEvents">The number of data events before.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint SendsUnknownEvent(string? name = "ping", string data = "{\"type\":\"ping\"}", int afterEvents = 1) =>
        Decorate(next => next.UnknownEvent is not null, next => next with { UnknownEvent = (new SseEvent(data, name), afterEvents) });

    /// <summary>Adds a comment before every event of the next stream.</summary>
    /// <param name="comment">The text after the colon.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint SendsComments(string comment = "keep-alive") =>
        Decorate(next => next.Comment is not null, next => next with { Comment = comment });

    /// <summary>Reports a failure in the next stream, whose status is already 200, and ends the stream.</summary>
    /// <param name="shape">The format of the event.</param>
    /// <param name="code">The error code or type.</param>
    /// <param name="message">The message.</param>
    /// <param name="afterEvents">The number of data events before.</param>
    /// <param name="thenDone">Whether <c>[DONE]</c> follows, as some services send it.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint SendsErrorEvent(
        StreamErrorShape shape = StreamErrorShape.OpenAI,
        string code = "INTERNAL_ERROR",
        string message = "The model stopped unexpectedly.",
        int afterEvents = 1,
        bool thenDone = false) =>
        Decorate(
            next => next.Error is not null,
            next => next with { Error = (FailureResponses.InStream(shape, code, message), afterEvents, thenDone) });

    /// <summary>Ends the lines of the next stream with CR LF.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint SendsCrLf() => Decorate(next => next.CrLf, next => next with { CrLf = true });

    /// <summary>Omits the space after <c>data:</c> in the next stream.</summary>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint SendsDataWithoutSpace() => Decorate(next => next.NoSpace, next => next with { NoSpace = true });
}

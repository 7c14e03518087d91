using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Breaks the connection in the next stream; an answer without a stream breaks halfway through its body.</summary>
    /// <param name="events">How many data events are sent before; a shorter stream breaks before <c>[DONE]</c>.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint CutsTheStreamAfter(int events) =>
        Decorate(next => next.CutAfter is not null, next => next with { CutAfter = events });

    /// <summary>Ends the next stream as if it were complete, but with neither finish reason nor <c>[DONE]</c>.</summary>
    /// <param name="events">How many data events are sent before, at most.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint EndsTheStreamQuietlyAfter(int events) =>
        Decorate(next => next.EndAfter is not null, next => next with { EndAfter = events });

    /// <summary>Pauses the next stream, by the emulator's clock, with the headers already sent.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="afterEvents">How many data events are sent before.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint GoesSilentFor(TimeSpan duration, int afterEvents = 0) =>
        Decorate(next => next.Silence is not null, next => next with { Silence = (duration, afterEvents) });

    /// <summary>Holds back the next answer, headers included, by the emulator's clock.</summary>
    /// <param name="duration">How long.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint DelaysTheHeadersBy(TimeSpan duration) =>
        Decorate(next => next.HeaderDelay is not null, next => next with { HeaderDelay = duration });

    /// <summary>Adds an event of a kind no client knows to the next stream.</summary>
    /// <param name="name">The <c>event:</c> name; null writes none.</param>
    /// <param name="data">Its data.</param>
    /// <param name="afterEvents">How many data events are sent before.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint SendsUnknownEvent(string? name = "ping", string data = "{\"type\":\"ping\"}", int afterEvents = 1) =>
        Decorate(next => next.UnknownEvent is not null, next => next with { UnknownEvent = (new SseEvent(data, name), afterEvents) });

    /// <summary>Puts a comment before every event of the next stream.</summary>
    /// <param name="comment">The text after the colon.</param>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint SendsComments(string comment = "keep-alive") =>
        Decorate(next => next.Comment is not null, next => next with { Comment = comment });

    /// <summary>Reports a failure inside the next stream, whose status was already 200, and ends it.</summary>
    /// <param name="shape">The form of the event.</param>
    /// <param name="code">The code or type it names.</param>
    /// <param name="message">Its message.</param>
    /// <param name="afterEvents">How many data events are sent before.</param>
    /// <param name="thenDone">Whether <c>[DONE]</c> still follows, as some services do.</param>
    /// <returns>This endpoint.</returns>
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
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint SendsCrLf() => Decorate(next => next.CrLf, next => next with { CrLf = true });

    /// <summary>Writes <c>data:</c> without a space after it in the next stream.</summary>
    /// <returns>This endpoint.</returns>
    public EmulatedEndpoint SendsDataWithoutSpace() => Decorate(next => next.NoSpace, next => next with { NoSpace = true });
}

using System.Text;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Counts the events of a stream and returns the modifications that are due.</summary>
internal sealed class StreamModifier(ResponseModifiers modifiers)
{
    private bool _unknownEventIsSent;
    private bool _wasSilent;

    public int Sent { get; set; }

    /// <summary>At the end all remaining modifications are due, so that none is lost on a short stream.</summary>
    public bool IsAtTheEnd { get; set; }

    public bool CutsNow => modifiers.CutAfter is int after && IsDue(after);

    public SseEvent? TakeUnknownEvent()
    {
        if (_unknownEventIsSent || modifiers.UnknownEvent is not (SseEvent unknownEvent, int after) || !IsDue(after))
        {
            return null;
        }

        _unknownEventIsSent = true;
        return unknownEvent;
    }

    public TimeSpan? TakeSilence()
    {
        if (_wasSilent || modifiers.Silence is not (TimeSpan duration, int after) || !IsDue(after))
        {
            return null;
        }

        _wasSilent = true;
        return duration;
    }

    public (SseEvent Event, bool ThenDone)? TakeError() =>
        modifiers.Error is (SseEvent error, int after, bool thenDone) && IsDue(after) ? (error, thenDone) : null;

    /// <summary>A stream that ends quietly has no finish reason, whatever the maximum number of events.</summary>
    public bool EndsNow(bool nextFinishes) => modifiers.EndAfter is int after && (nextFinishes || IsDue(after));

    public string Frame(SseEvent next)
    {
        var newLine = modifiers.CrLf ? "\r\n" : "\n";
        var space = modifiers.NoSpace ? "" : " ";
        var frame = new StringBuilder();
        if (modifiers.Comment is not null)
        {
            frame.Append(": ").Append(modifiers.Comment).Append(newLine).Append(newLine);
        }

        if (next.Name is not null)
        {
            frame.Append("event:").Append(space).Append(next.Name).Append(newLine);
        }

        return frame.Append("data:").Append(space).Append(next.Data).Append(newLine).Append(newLine).ToString();
    }

    private bool IsDue(int after) => IsAtTheEnd || Sent >= after;
}

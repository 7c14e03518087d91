namespace Connectors.Databricks.Transport.Limits;

/// <summary>The turn of one attempt; given back once, when its answer has been read or it has failed.</summary>
internal sealed class CallPermit(CallGate gate, int generation)
{
    private int _isReleased;

    /// <summary>How often the limit had been halved when the turn came: answers to one crowd of calls halve it once.</summary>
    public int Generation => generation;

    /// <returns>The new limit; null when it stays.</returns>
    public int? Throttled() => gate.Throttle(this);

    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            gate.Leave();
        }
    }
}

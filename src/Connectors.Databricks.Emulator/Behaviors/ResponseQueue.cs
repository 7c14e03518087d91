using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>The queued responses of an endpoint, and the modifiers for the next one.</summary>
internal sealed class ResponseQueue
{
    private static readonly ResponseModifiers Plain = new();

    private readonly Lock _lock = new();
    private readonly Queue<QueuedResponse> _turns = new();
    private ResponseModifiers _next = Plain;

    /// <summary>Queues a response with the pending modifiers.</summary>
    public void Add(QueuedResponse turn)
    {
        lock (_lock)
        {
            _turns.Enqueue(turn with { Modifiers = _next });
            _next = Plain;
        }
    }

    /// <summary>
    /// Decorates the next response. The same modifier twice means two responses: the pending one becomes an automatic response, so that
    /// <c>CutsTheStreamAfter(1).CutsTheStreamAfter(1)</c> cuts two streams.
    /// </summary>
    public void Decorate(Func<ResponseModifiers, bool> isTaken, Func<ResponseModifiers, ResponseModifiers> decorate)
    {
        lock (_lock)
        {
            if (isTaken(_next))
            {
                _turns.Enqueue(new AutomaticResponse { Modifiers = _next });
                _next = Plain;
            }

            _next = decorate(_next);
        }
    }

    /// <summary>
    /// Takes the turn for a request; an automatic one if none is queued. Null if the request is rejected: a scripted response is then kept
    /// for the next request, because a model responds only to accepted requests.
    /// </summary>
    public QueuedResponse? Take(bool requestIsAccepted)
    {
        lock (_lock)
        {
            if (_turns.TryPeek(out var turn))
            {
                return requestIsAccepted || turn.PrecedesValidation ? _turns.Dequeue() : null;
            }

            if (!requestIsAccepted)
            {
                return null;
            }

            var automatic = new AutomaticResponse { Modifiers = _next };
            _next = Plain;
            return automatic;
        }
    }
}

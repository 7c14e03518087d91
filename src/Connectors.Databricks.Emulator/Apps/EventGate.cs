namespace Connectors.Databricks.Emulator.Apps;

/// <summary>Lets the events of runs pass, or holds them until a test releases some.</summary>
internal sealed class EventGate
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _isHolding;
    private int _released;

    public void Hold()
    {
        lock (_lock)
        {
            _isHolding = true;
        }
    }

    /// <param name="count">How many events pass; null for all from now on.</param>
    public void Release(int? count)
    {
        List<TaskCompletionSource> passing = [];
        lock (_lock)
        {
            _isHolding &= count is not null;
            _released += count ?? 0;
            while (_waiting.Count > 0 && (!_isHolding || _released > 0))
            {
                _released -= _isHolding ? 1 : 0;
                passing.Add(_waiting.Dequeue());
            }
        }

        passing.ForEach(waiting => waiting.SetResult());
    }

    public Task PassAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_isHolding)
            {
                return Task.CompletedTask;
            }

            if (_released > 0)
            {
                _released--;
                return Task.CompletedTask;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            return waiting.Task.WaitAsync(cancellationToken);
        }
    }
}

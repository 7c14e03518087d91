using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Apps;

/// <summary>One run of an agent: the stored request, its events and its state. Runs go on when a client leaves.</summary>
internal sealed class AppRun(string id, string? sessionId, JsonObject request, DateTimeOffset createdAt)
{
    private readonly Lock _lock = new();
    private readonly List<AppEvent> _events = [];
    private TaskCompletionSource _changed = NewSignal();

    public string Id => id;

    public string? SessionId => sessionId;

    public JsonObject Request => request;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>Whether the server calls the agent for a whole response, and not for a stream.</summary>
    public bool IsInvoked { get; init; }

    /// <summary><c>queued</c>, <c>active</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Status { get; private set; } = "queued";

    public bool IsFinished => Status is "completed" or "failed";

    public int Attempt { get; private set; } = 1;

    public JsonNode? Output { get; private set; }

    public AppFailure? Failure { get; private set; }

    public IReadOnlyList<AppEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public void Start() => Change(() => Status = "active");

    public void BeginAttempt() => Change(() => Attempt++);

    public void Append(string type, JsonObject json) => Change(() => _events.Add(new AppEvent(_events.Count, type, json)));

    public void Complete(JsonNode? output) => Change(() => (Status, Output) = ("completed", output));

    public void Fail(AppFailure failure) => Change(() => (Status, Failure) = ("failed", failure));

    public async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in FollowAsync(int.MaxValue, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Returns stored and then new events until the run has finished.</summary>
    /// <param name="from">The number of the first event.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public async IAsyncEnumerable<AppEvent> FollowAsync(int from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var next = from; ;)
        {
            List<AppEvent> ready;
            Task changed;
            bool isFinished;
            lock (_lock)
            {
                ready = [.. _events.Skip(next)];
                changed = _changed.Task;
                isFinished = IsFinished;
            }

            foreach (var stored in ready)
            {
                yield return stored;
            }

            next += ready.Count;
            if (isFinished)
            {
                yield break;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

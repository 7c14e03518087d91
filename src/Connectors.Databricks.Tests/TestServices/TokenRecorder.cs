using System.Threading.Channels;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// A token source that counts its fetches: token-1, token-2 and so on with the same lifetime, unless the test configures the next one.
/// </summary>
internal sealed class TokenRecorder(FakeClock clock)
{
    private readonly Queue<Func<CancellationToken, Task<DatabricksAccessToken>>> _next = new();
    private readonly Channel<int> _begun = Channel.CreateUnbounded<int>();
    private int _fetches;

    public TimeSpan? Life { get; set; } = TimeSpan.FromHours(1);

    public int Fetches => Volatile.Read(ref _fetches);

    public TokenSource Source => new("tap", FetchAsync);

    public DatabricksAccessToken Token(string value, TimeSpan? life) => new(value, clock.GetUtcNow() + life);

    /// <summary>The next fetch ends when the test completes this; a cancellation ends it, too.</summary>
    public TaskCompletionSource<DatabricksAccessToken> Holds()
    {
        var held = new TaskCompletionSource<DatabricksAccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Does(stop => held.Task.WaitAsync(stop), held);
    }

    /// <summary>The next fetch ignores cancellation.</summary>
    public TaskCompletionSource<DatabricksAccessToken> HoldsStubbornly()
    {
        var held = new TaskCompletionSource<DatabricksAccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Does(_ => held.Task, held);
    }

    public void Fails(Exception exception) => Does(_ => Task.FromException<DatabricksAccessToken>(exception), 0);

    public void Gives(DatabricksAccessToken token) => Does(_ => Task.FromResult(token), 0);

    public T Does<T>(Func<CancellationToken, Task<DatabricksAccessToken>> fetch, T handle)
    {
        lock (_next)
        {
            _next.Enqueue(fetch);
        }

        return handle;
    }

    /// <summary>Waits until one more fetch has begun.</summary>
    public Task Begins() => _begun.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private Task<DatabricksAccessToken> FetchAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _fetches);
        Func<CancellationToken, Task<DatabricksAccessToken>>? fetch;
        lock (_next)
        {
            _next.TryDequeue(out fetch);
        }

        _begun.Writer.TryWrite(number);
        return fetch is null ? Task.FromResult(Token($"token-{number}", Life)) : fetch(cancellationToken);
    }
}

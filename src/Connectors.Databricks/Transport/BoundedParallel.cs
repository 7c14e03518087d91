using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Connectors.Databricks.Transport;

/// <summary>
/// Runs the parts of one call concurrently, up to a limit, and returns their results in order. The first failure cancels the others and is
/// thrown.
/// </summary>
internal static class BoundedParallel
{
    public delegate bool TryNext<TPart>([NotNullWhen(true)] out TPart? part);

    /// <param name="first">The part to begin with.</param>
    /// <param name="tryNext">Creates the next part; called by one worker at a time, and only when that one is free to run it.</param>
    /// <param name="run">Runs a part.</param>
    /// <param name="most">The maximum number of parts that run concurrently.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    public static async Task<IReadOnlyList<TResult>> RunAsync<TPart, TResult>(
        TPart first,
        TryNext<TPart> tryNext,
        Func<TPart, CancellationToken, Task<TResult>> run,
        int most,
        CancellationToken cancellationToken)
        where TPart : class
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = new List<TResult>();
        var waiting = first;
        Exception? failure = null;
        var isDrained = false;

        // No more workers than parts: "as many as possible" may be written int.MaxValue.
        await Task.WhenAll(Enumerable.Range(0, most).TakeWhile(_ => !Volatile.Read(ref isDrained)).Select(_ => WorkAsync()))
            .ConfigureAwait(false);
        return failure is null ? results : throw Thrown(failure, cancellationToken);

        async Task WorkAsync()
        {
            try
            {
                while (TryTake(out var part, out var number))
                {
                    var result = await run(part, stopping.Token).ConfigureAwait(false);
                    lock (results)
                    {
                        results[number] = result;
                    }
                }
            }
            catch (Exception exception)
            {
                Volatile.Write(ref isDrained, true);
                if (Interlocked.CompareExchange(ref failure, exception, null) is null)
                {
                    await stopping.CancelAsync().ConfigureAwait(false);
                }
            }
        }

        bool TryTake([NotNullWhen(true)] out TPart? part, out int number)
        {
            lock (results)
            {
                stopping.Token.ThrowIfCancellationRequested();
                number = results.Count;
                part = waiting;
                waiting = null;
                if (part is null && !tryNext(out part))
                {
                    Volatile.Write(ref isDrained, true);
                    return false;
                }

                results.Add(default!);
                return true;
            }
        }
    }

    // Callers compare the token of a cancellation with theirs; the parts use the internal one.
    private static Exception Thrown(Exception failure, CancellationToken cancellationToken)
    {
        if (failure is OperationCanceledException canceled && cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(canceled.Message, canceled, cancellationToken);
        }

        ExceptionDispatchInfo.Throw(failure);
        return failure;
    }
}

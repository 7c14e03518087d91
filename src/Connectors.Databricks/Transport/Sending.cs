using System.Runtime.CompilerServices;

namespace Connectors.Databricks.Transport;

/// <summary>
/// An attempt on its way. Awaited, it gives the headers of whatever is answered, or throws why none came; so that it is explained in one place,
/// and whoever waits does so without a method in between. It goes on where the answer comes, in no captured context.
/// </summary>
internal readonly struct Sending(
    AttemptSender sender, ServingCall call, HttpRequestMessage request, Task<HttpResponseMessage> headers, CancellationToken cancellationToken)
    : IDisposable, ICriticalNotifyCompletion
{
    public Sending GetAwaiter() => this;

    public bool IsCompleted => headers.IsCompleted;

    /// <exception cref="DatabricksServingException">No headers came.</exception>
    public HttpResponseMessage GetResult()
    {
        try
        {
            return headers.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (sender.Explained(exception, call, cancellationToken) is { } failure)
        {
            // A broken connection may be how a cancellation surfaces.
            cancellationToken.ThrowIfCancellationRequested();
            throw failure;
        }
    }

    public void OnCompleted(Action continuation) => headers.ConfigureAwait(false).GetAwaiter().OnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => headers.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);

    public void Dispose() => request.Dispose();
}

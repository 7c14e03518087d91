using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Failures;

/// <summary>
/// Converts a failed call to Semantic Kernel's exception, which its apps and filters catch; the connector's own is the inner exception.
/// </summary>
internal static class FailureFromServing
{
    public static HttpOperationException Read(HttpRequestException exception) =>
        new(exception.StatusCode, (exception as DatabricksServingException)?.ServiceMessage, exception.Message, exception);

    public static async Task<T> OrThrow<T>(Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw Read(exception);
        }
    }

    /// <summary>
    /// Passes a stream on; <c>yield</c> is not allowed in a try block with a catch clause, so each step is taken by hand.
    /// </summary>
    public static async IAsyncEnumerable<T> OrThrow<T>(IAsyncEnumerable<T> stream)
    {
        var steps = stream.GetAsyncEnumerator();
        await using (steps.ConfigureAwait(false))
        {
            while (await OrThrow(steps.MoveNextAsync().AsTask()).ConfigureAwait(false))
            {
                yield return steps.Current;
            }
        }
    }
}

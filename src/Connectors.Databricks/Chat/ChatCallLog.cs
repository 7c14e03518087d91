using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>Runs a call and logs how it ended, with its duration and token counts, at Debug.</summary>
internal static class ChatCallLog
{
    private const string Chat = "Chat";
    private const string Streaming = "Streaming chat";

    public static async Task<ChatResponse> RunAsync(
        Func<Task<ChatResponse>> call, ILogger logger, string endpointName, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        try
        {
            var response = await call().ConfigureAwait(false);
            Completed(logger, Chat, endpointName, Elapsed(clock, started), response.FinishReason, response.Usage);
            return response;
        }
        catch (Exception exception)
        {
            Failed(logger, Chat, endpointName, Elapsed(clock, started), exception);
            throw;
        }
    }

    public static async IAsyncEnumerable<ChatResponseUpdate> RunAsync(
        IAsyncEnumerable<ChatResponseUpdate> call, ILogger logger, string endpointName, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var started = clock.GetTimestamp();
        ChatFinishReason? reason = null;
        UsageDetails? usage = null;
        var updates = call.GetAsyncEnumerator(cancellationToken);
        await using var disposal = updates.ConfigureAwait(false);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync().ConfigureAwait(false))
                {
                    break;
                }
            }
            catch (Exception exception)
            {
                Failed(logger, Streaming, endpointName, Elapsed(clock, started), exception);
                throw;
            }

            reason = updates.Current.FinishReason ?? reason;
            usage = updates.Current.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
            yield return updates.Current;
        }

        Completed(logger, Streaming, endpointName, Elapsed(clock, started), reason, usage);
    }

    private static void Completed(
        ILogger logger, string operation, string endpointName, long elapsed, ChatFinishReason? reason, UsageDetails? usage) =>
        ChatLog.Completed(
            logger, operation, endpointName, elapsed, reason?.Value ?? "none", usage?.InputTokenCount, usage?.OutputTokenCount);

    // The message of the service is not logged: it may repeat the prompt.
    private static void Failed(ILogger logger, string operation, string endpointName, long elapsed, Exception exception)
    {
        var failure = exception as DatabricksServingException;
        ChatLog.Failed(
            logger, operation, endpointName, elapsed, exception.GetType().Name, (int?)failure?.StatusCode, failure?.ErrorCode ?? "none",
            failure?.RequestId ?? "none");
    }

    private static long Elapsed(TimeProvider clock, long started) => (long)clock.GetElapsedTime(started).TotalMilliseconds;
}

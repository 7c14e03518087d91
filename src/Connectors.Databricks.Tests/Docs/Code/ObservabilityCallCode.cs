using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The timeout of docs/observability.md.</summary>
internal static class ObservabilityCallCode
{
    public static async Task<ChatResponse> TimeoutAsync(IChatClient chat)
    {
        // <call-timeout>
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        ChatResponse response = await chat.GetResponseAsync("Hello!", cancellationToken: timeout.Token);
        // </call-timeout>
        return response;
    }
}

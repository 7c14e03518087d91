using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Values that do not matter to a test.</summary>
internal static class Some
{
    public const string Token = "dapi-some-token";

    /// <summary>A chat body that every test may answer with when only the request matters.</summary>
    public const string ChatBody =
        """{"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"some-model","choices":[{"index":0,"message":{"role":"assistant","content":"Hi."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    public static Uri Host { get; } = new("https://some-workspace.cloud.databricks.com");

    public static IList<ChatMessage> Question() => [new(ChatRole.User, "Hello?")];
}

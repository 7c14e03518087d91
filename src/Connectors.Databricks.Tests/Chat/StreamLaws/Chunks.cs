namespace Connectors.Databricks.Tests.Chat.StreamLaws;

/// <summary>Events that more than one law is tested with.</summary>
internal static class Chunks
{
    public const string Hello =
        """{"id":"m1","model":"some-model","choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"}}]}""";

    public const string World =
        """{"id":"m1","model":"some-model","choices":[{"index":0,"delta":{"content":" world"},"finish_reason":"stop"}]}""";

    public static string Delta(string members) => $$"""{"id":"m1","choices":[{"index":0,"delta":{ {{members}} } }]}""";

    public static string Call(string members) => Delta($$"""  "tool_calls":[{ {{members}} }] """);
}

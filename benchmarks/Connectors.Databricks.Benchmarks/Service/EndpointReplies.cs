using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>
/// The list of a workspace's endpoints (serving reference §9.2): models paid by token, external ones, and ones of the workspace's own.
/// </summary>
internal static class EndpointReplies
{
    private static readonly (string Name, string Title)[] Foundation =
    [
        ("meta-llama-3-3-70b-instruct", "Meta Llama 3.3 70B Instruct"), ("claude-sonnet-4-5", "Claude Sonnet 4.5"),
        ("gpt-oss-120b", "GPT OSS 120B"),
        ("gemini-2-5-pro", "Gemini 2.5 Pro"),
    ];

    public static byte[] List(int count)
    {
        var text = new StringBuilder("{\"endpoints\":[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i > 0 ? "," : "").Append((i % 3) switch { 0 => OfToken(i), 1 => External(i), _ => Custom(i) });
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    private static string OfToken(int i)
    {
        var (name, title) = Foundation[i / 3 % Foundation.Length];
        var entity = $$$"""
            {"name":"databricks-{{{name}}}","foundation_model":{"name":"system.ai.{{{name}}}","display_name":"{{{title}}}","docs":"https://docs.databricks.com/machine-learning/model-serving/foundation-model-overview.html","description":"{{{title}}}, served by Databricks and paid by token."}}
            """;
        return Endpoint(i, $"databricks-{name}-{i}", "llm/v1/chat", entity, isReady: true);
    }

    private static string External(int i) => Endpoint(
        i, $"external-gpt-{i}", "llm/v1/chat",
        """{"name":"gpt-4o","external_model":{"provider":"openai","name":"gpt-4o","task":"llm/v1/chat","openai_config":{"openai_api_key":"{{secrets/llm/openai}}"}}}""",
        isReady: true);

    private static string Custom(int i) => Endpoint(
        i, $"churn-{i}", task: null, $$"""{"name":"churn-{{i}}-7","entity_name":"main.ml.churn_{{i}}","entity_version":"7"}""",
        isReady: i % 2 == 0);

    private static string Endpoint(int i, string name, string? task, string entity, bool isReady) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"name":"{{name}}","creator":"user{{i % 40}}@example.com","creation_timestamp":1763389135000,"last_updated_timestamp":1763389199000,"state":{"ready":"{{(isReady ? "READY" : "NOT_READY")}}","config_update":"NOT_UPDATING"},"config":{"served_entities":[{{entity}}]},"tags":[{"key":"team","value":"growth"}],"id":"{{i:x32}}",{{(task is null ? "" : $"\"task\":\"{task}\",")}}"description":""}
        """);
}

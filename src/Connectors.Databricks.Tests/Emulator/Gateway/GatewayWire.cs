using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Emulator.OAuth;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>Requests to Unity Gateway and to the API of model services.</summary>
internal static class GatewayWire
{
    public const string Chat = "ai-gateway/mlflow/v1/chat/completions";
    public const string Responses = "ai-gateway/mlflow/v1/responses";
    public const string Embeddings = "ai-gateway/mlflow/v1/embeddings";
    public const string Services = "api/2.1/unity-catalog/model-services";

    public static string Say(string model, string members = "") =>
        $$"""{"model":"{{model}}",{{members}}"messages":[{"role":"user","content":"Say 'ok'"}]}""";

    /// <summary>The status and the body of a response, as "200 {…}".</summary>
    public static async Task<string> SendAsync(
        this Wire wire, HttpMethod method, string path, string? json = null, string? token = null, string? tags = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (tags is not null)
        {
            request.Headers.Add("Databricks-Ai-Gateway-Request-Tags", tags);
        }

        using HttpResponseMessage response = await wire.Http.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    public static async Task<JsonNode> GetJsonAsync(this Wire wire, string path)
    {
        string answer = await wire.SendAsync(HttpMethod.Get, path);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        return JsonNode.Parse(answer[4..])!;
    }

    /// <summary>A token of the emulator's service principal with these scopes.</summary>
    public static async Task<string> TokenAsync(this Wire wire, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("oidc/v1/token", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", scope)]),
        };
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(
            TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));
        using HttpResponseMessage response = await wire.Http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
    }

    /// <summary>Creates <c>main.ai.chat</c>.</summary>
    public static Task<string> CreateServiceAsync(this Wire wire, string routing, string more = "") => wire.SendAsync(
        HttpMethod.Post, $"{Services}?parent=schemas/main.ai&model_service_id=chat", Body(routing, more: more));

    public static string Body(string routing, string members = "", string more = "") =>
        $$$"""{{{{members}}}"config":{"routing":{{{routing}}}{{{more}}}}}""";

    public static string Routing(params (string Name, string Model, int Percentage)[] destinations) =>
        $$"""{"destinations":[{{string.Join(',', destinations.Select(one => Destination(one.Name, one.Model, one.Percentage)))}}]}""";

    public static string Destination(string name, string model, int percentage) =>
        $$"""
        {"name":"{{name}}","destination_type":"DESTINATION_TYPE_PAY_PER_TOKEN_FOUNDATION_MODEL","traffic_percentage":{{percentage}},
        "pay_per_token_config":{"model":"models/system.ai.{{model}}"} }
        """;
}

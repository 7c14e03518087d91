using System.Text;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

/// <summary>Management requests: paths, bodies, and the state in a GET of an endpoint.</summary>
internal static class ManagementWire
{
    private const string Endpoints = "api/2.0/serving-endpoints";

    /// <summary>Two versions of the default classic model, nine to one.</summary>
    public const string ChampionAndChallenger =
        """
        {"served_entities":[
           {"name":"champion","entity_name":"main.models.churn_v1","entity_version":"1","workload_size":"Small"},
           {"name":"challenger","entity_name":"main.models.churn_v1","entity_version":"2","workload_size":"Small"}],
         "traffic_config":{"routes":[{"served_model_name":"champion","traffic_percentage":90},
                                     {"served_entity_name":"challenger","traffic_percentage":"10"}]}}
        """;

    public const string OneRow = """{"dataframe_records":[{"tenure":10,"monthly_charges":100}]}""";

    public static string Churn(string name, string version = "1") =>
        $$$"""{"name":"{{{name}}}","config":{"served_entities":[{{{ChurnEntity(version)}}}]}}""";

    public static string ChurnEntity(string version) =>
        $$"""{"entity_name":"main.models.churn_v1","entity_version":"{{version}}","workload_size":"Small"}""";

    public static string External(string name, string config) =>
        $$$"""
            {"name":"{{{name}}}","config":{"served_entities":[{"external_model":{"name":"gpt-4.1:mini","provider":"openai","task":"llm/v1/chat",
              "openai_config":{{{config}}}}}]}}
            """;

    /// <summary>The status and the body of a response, as "200 {…}".</summary>
    /// <param name="wire">The emulator.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">What comes after the path of all endpoints, or a whole path.</param>
    /// <param name="body">The body; null sends none.</param>
    public static async Task<string> ManageAsync(this Wire wire, string method, string path, string? body = null)
    {
        string whole = path.StartsWith("api/", StringComparison.Ordinal) ? path : Endpoints + path;
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(whole, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await wire.Http.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>The document of a 200 response.</summary>
    public static async Task<JsonNode> ManagedAsync(this Wire wire, string method, string path, string? body = null)
    {
        string answer = await wire.ManageAsync(method, path, body);
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        return JsonNode.Parse(answer[4..])!;
    }

    /// <summary>One GET of an endpoint, as "READY NOT_UPDATING".</summary>
    public static async Task<string> StateAsync(this Wire wire, string endpoint)
    {
        JsonNode state = (await wire.ManagedAsync("GET", "/" + endpoint))["state"]!;
        return $"{state["ready"]} {state["config_update"]}";
    }

    /// <summary>The served entity and its response, as "champion {…}".</summary>
    public static async Task<string> AskWhoAsync(this Wire wire, string path, string body)
    {
        using HttpResponseMessage response = await wire.PostAsync(path, body);
        string who = response.Headers.TryGetValues("served-model-name", out IEnumerable<string>? names) ? names.Single() : "unknown";
        return $"{who} {await response.Content.ReadAsStringAsync()}";
    }

    public static string Error(int status, string code, string message) =>
        status + " " + new JsonObject { ["error_code"] = code, ["message"] = message }.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

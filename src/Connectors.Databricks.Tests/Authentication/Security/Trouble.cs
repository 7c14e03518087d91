using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Security;

/// <summary>How a service or a program fails.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
internal sealed record Trouble(string Name)
{
    public static IEnumerable<string> Names =>
        [.. Canary.Echoes.Keys, "raw body", "broken JSON", "odd type", "no Unicode", "broken connection", "surprise"];

    public bool BreaksJson => Name == "broken JSON";

    private static string Everything =>
        $"{Canary.Pat} {Canary.Password} {Canary.ClientSecret} {Canary.AzureSecret} {Canary.GitHubRequest} {Canary.MetadataPath}";

    public Task<HttpResponseMessage> Answered(FakePlatform.SentRequest sent, HttpStatusCode status, string good)
    {
        // Only what the service was told: all else it cannot know.
        var told =
            $"{sent.Method} {sent.Address} {string.Join(' ', sent.Headers.Select(header => $"{header.Key}: {header.Value}"))} {sent.Body}";
        return Name switch
        {
            "broken connection" => throw new HttpRequestException($"told {told}", new IOException(told)),
            "surprise" => throw new NotSupportedException($"told {told}", new InvalidOperationException(told)),
            "raw body" => Body(told, status),
            "broken JSON" => Body(good[..^10], HttpStatusCode.OK),
            "odd type" => Body(
                new JsonObject
                {
                    ["access_token"] = Canary.Issued,
                    ["token_type"] = told,
                    ["value"] = "",
                    ["token_endpoint"] = told,
                }.ToJsonString(),
                HttpStatusCode.OK),
            "no Unicode" => Body($$"""{"error":"{{Canary.Issued}}\ud800"}""", status),
            _ => Body(
                new JsonObject { ["error"] = "invalid_client", ["error_description"] = Canary.Echoes[Name](told) }.ToJsonString(), status),
        };
    }

    public ProgramResult Ran(ProgramCall call, string good) => Name switch
    {
        "broken connection" => throw new TimeoutException($"'{call.Path}' did not exit within 50 seconds."),
        "surprise" => throw new NotSupportedException($"{call.Path}"),
        "broken JSON" => new ProgramResult(0, good[..^10], ""),
        "odd type" =>
            new ProgramResult(0, new JsonObject { ["access_token"] = Canary.Issued, ["token_type"] = "mac" }.ToJsonString(), Canary.Issued),
        "no Unicode" => new ProgramResult(0, $$"""{"access_token":"{{Canary.Issued}}\ud800"}""", ""),
        "raw body" => new ProgramResult(1, Canary.Issued, "Error: Authorization: Bearer eyJhbGciOi.eyJzdWIiOiJtZSJ9.xCanaryIssued1"),
        _ => new ProgramResult(1, Canary.Issued, $"Error: {Canary.Echoes[Name]($"eyJhbGciOi.eyJzdWIiOiJtZSJ9.{Canary.Issued}")}"),
    };

    private static Task<HttpResponseMessage> Body(string body, HttpStatusCode status) =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

/// <summary>Token requests.</summary>
internal static class TokenWire
{
    public const string ClientCredentials = "grant_type=client_credentials&scope=all-apis";

    public static string Basic(string clientId, string clientSecret) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}"));

    public static async Task<HttpResponseMessage> RequestTokenAsync(
        this Wire wire, string form, string? authorization = null, string path = "oidc/v1/token")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        wire.Http.DefaultRequestHeaders.Authorization = null;
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        return await wire.Http.SendAsync(request);
    }

    /// <summary>Requests a token for the default service principal.</summary>
    public static Task<HttpResponseMessage> RequestTokenAsync(this Wire wire) =>
        wire.RequestTokenAsync(ClientCredentials, Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));

    public static async Task<string> AskForTokenAsync(
        this Wire wire, string form, string? authorization = null, string path = "oidc/v1/token") =>
        await TextAsync(await wire.RequestTokenAsync(form, authorization, path));

    public static async Task<string> AskForTokenAsync(this Wire wire) => await TextAsync(await wire.RequestTokenAsync());

    /// <summary>Gets a token and sends it with all later requests.</summary>
    public static async Task<string> LogInAsync(this Wire wire, EmulatedServicePrincipal? principal = null)
    {
        string clientId = principal?.ClientId ?? wire.Emulator.ClientId;
        string clientSecret = principal?.ClientSecret ?? wire.Emulator.ClientSecret;
        using HttpResponseMessage response = await wire.RequestTokenAsync(ClientCredentials, Basic(clientId, clientSecret));
        string token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!.GetValue<string>();
        wire.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
    }
}

using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class ClientCredentialsTests
{
    private const string Refused = """401 {"error":"invalid_client","error_description":"Client authentication failed"}""";

    [Fact]
    public async Task A_service_principal_gets_a_token()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.TokenLifetime = TimeSpan.FromMinutes(30));

        string answer = await wire.AskForTokenAsync();

        string token = Assert.Single(wire.Emulator.OAuth.IssuedTokens);
        string[] parts = token.Split('.');
        JsonObject claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        Assert.Equal((3, true), (parts.Length, claims.Remove("jti")));
        Assert.Equal($$"""200 {"access_token":"{{token}}","scope":"all-apis","token_type":"Bearer","expires_in":1800}""", answer);
        Wire.SameJson(
            $$"""
            {
              "iss": "{{wire.Emulator.Host}}oidc",
              "sub": "e3000000-0000-4000-8000-000000000001",
              "aud": "1234567890123456",
              "scope": "all-apis",
              "iat": 1790000000,
              "exp": 1790001800
            }
            """,
            claims.ToJsonString());
    }

    [Fact]
    public async Task Every_request_gets_another_token()
    {
        await using Wire wire = await Wire.OpenAsync();

        await wire.AskForTokenAsync();
        await wire.AskForTokenAsync();

        Assert.Equal(2, wire.Emulator.OAuth.IssuedTokens.Distinct().Count());
    }

    [Theory]
    [InlineData("my client", "a+b%:ü", "my client:a+b%:ü", "")]
    [InlineData("my client", "a+b%:ü", "my+client:a%2Bb%25%3A%C3%BC", "")]
    [InlineData("my client", "a+b%:ü", null, "&client_id=my+client&client_secret=a%2Bb%25%3A%C3%BC")]
    [InlineData("me", "secret", "me:secret", "&client_id=me")]
    public async Task A_client_proves_itself_in_each_way_the_standard_knows(string id, string secret, string? basic, string form)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.AddServicePrincipal(id, secret);

        string answer = await wire.AskForTokenAsync(TokenWire.ClientCredentials + form, basic is null ? null : Basic(basic));

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData(null, "&client_id=me")]
    [InlineData(null, "&client_id=me&client_secret=wrong")]
    [InlineData("me:wrong", "")]
    [InlineData("you:secret", "")]
    [InlineData("me", "")]
    [InlineData("me:secret", "&client_id=you")]
    public async Task A_client_that_proves_nothing_gets_nothing(string? basic, string form)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.AddServicePrincipal("me", "secret");

        string answer = await wire.AskForTokenAsync(TokenWire.ClientCredentials + form, basic is null ? null : Basic(basic));

        Assert.Equal((Refused, 0), (answer, wire.Emulator.OAuth.IssuedTokens.Count));
    }

    [Theory]
    [InlineData("Bearer dapi-emulator-0001")]
    [InlineData("Basic !")]
    public async Task Another_kind_of_authorization_proves_nothing(string authorization)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(Refused, await wire.AskForTokenAsync(TokenWire.ClientCredentials, authorization));
    }

    [Theory]
    [InlineData("", "invalid_request", "The parameter grant_type is missing.")]
    [InlineData("grant_type=&scope=all-apis", "invalid_request", "The parameter grant_type is missing.")]
    [InlineData("grant_type=password", "unsupported_grant_type", "The grant type password is not supported.")]
    [InlineData("grant_type=client_credentials", "invalid_scope", "The scope is missing.")]
    [InlineData("grant_type=client_credentials&scope=all-apis+all", "invalid_scope", "The scope all is unknown.")]
    [InlineData(
        TokenWire.ClientCredentials + "&scope=all-apis", "invalid_request", "The parameter scope must not be repeated.")]
    [InlineData(
        TokenWire.ClientCredentials + "&client_secret=dose-emulator-0001",
        "invalid_request",
        "The client must not authenticate in more than one way.")]
    public async Task A_faulty_request_is_refused_in_the_words_of_OAuth(string form, string error, string description)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskForTokenAsync(form, TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));

        Assert.Equal($$"""400 {"error":"{{error}}","error_description":"{{description}}"}""", answer);
    }

    [Fact]
    public async Task A_body_of_JSON_is_no_form()
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.PostAsync("oidc/v1/token", """{"grant_type":"client_credentials"}""");

        Assert.Equal(
            """{"error":"invalid_request","error_description":"The request must be application/x-www-form-urlencoded."}""",
            await response.Content.ReadAsStringAsync());
        Assert.Null(Assert.Single(wire.Emulator.Requests).Form);
    }

    [Fact]
    public async Task A_test_can_read_the_form_and_prints_no_secret()
    {
        await using Wire wire = await Wire.OpenAsync();

        await wire.AskForTokenAsync("grant_type=client_credentials&scope=all-apis+sql&client_id=me&client_secret=s%26t");

        RecordedRequest request = Assert.Single(wire.Emulator.OAuth.TokenEndpoint.Requests);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["scope"] = "all-apis sql",
                ["client_id"] = "me",
                ["client_secret"] = "s&t",
            },
            request.Form);
        Assert.Equal(("POST /oidc/v1/token 401", "me"), ($"{request}", $"{wire.Emulator.OAuth.AddServicePrincipal("me", "s&t")}"));
    }

    [Fact]
    public async Task The_scopes_are_those_of_the_options()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.Scopes.Add("sql"));

        string answer = await wire.AskForTokenAsync(
            "grant_type=client_credentials&scope=all-apis+sql", TokenWire.Basic(wire.Emulator.ClientId, wire.Emulator.ClientSecret));

        Assert.Equal("all-apis sql", JsonNode.Parse(answer["200 ".Length..])!["scope"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_principal_replaces_another_of_its_id()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.AddServicePrincipal("me", "old");
        wire.Emulator.OAuth.AddServicePrincipal("me", "new");

        string old = await wire.AskForTokenAsync(TokenWire.ClientCredentials, Basic("me:old"));
        string fresh = await wire.AskForTokenAsync(TokenWire.ClientCredentials, Basic("me:new"));

        Assert.Equal((Refused, "200 "), (old, fresh[..4]));
        Assert.Equal(["e3000000-0000-4000-8000-000000000001", "me"], wire.Emulator.OAuth.ServicePrincipals.Select(one => one.ClientId));
    }

    [Theory]
    [InlineData("", "secret")]
    [InlineData("me", " ")]
    public async Task A_principal_has_an_id_and_a_secret(string id, string secret)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Throws<ArgumentException>(() => wire.Emulator.OAuth.AddServicePrincipal(id, secret));
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}

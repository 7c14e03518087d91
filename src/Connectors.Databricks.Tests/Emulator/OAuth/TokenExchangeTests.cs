using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class TokenExchangeTests
{
    private const string Issuer = "https://ci.example.com";
    private const string Build = "repo:me/app:main";
    private const string Model = "databricks-inkling";
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData(null)]
    [InlineData("ac000000-0000-4000-8000-000000000001")]
    [InlineData("my-audience", "my-audience")]
    public async Task A_trusted_JWT_is_exchanged_for_a_token_of_the_service_principal(string? audience, string? trusted = null)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth;
        oauth.AddServicePrincipal("builder", "unused").AddFederationPolicy(Issuer, Build, trusted);

        string answer = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(Issuer, Build, audience)) + "&client_id=builder");

        string token = Assert.Single(oauth.IssuedTokens);
        Assert.Equal(
            Wire.Unwrapped($$"""
                200 {"access_token":"{{token}}","scope":"all-apis","token_type":"Bearer","expires_in":3600,
                  "issued_token_type":"urn:ietf:params:oauth:token-type:access_token"}
                """),
            answer);
        Assert.Equal("builder", SubjectOf(token));
    }

    [Fact]
    public async Task A_policy_of_the_account_trusts_every_subject_without_a_client_id()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth.AddFederationPolicy(Issuer);

        string answer = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(Issuer, "ada@example.com")));
        string token = Assert.Single(oauth.IssuedTokens);
        wire.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        string invocation = await wire.AskAsync(Model, Hello);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        Assert.StartsWith("200 ", invocation, StringComparison.Ordinal);
        Assert.Equal("ada@example.com", SubjectOf(token));
    }

    [Theory]
    [InlineData("https://evil.example.com", Build, "mine", "No federation policy trusts the issuer 'https://evil.example.com'.")]
    [InlineData(Issuer, "repo:me/app:fork", "mine", "No federation policy of this issuer trusts the subject 'repo:me/app:fork'.")]
    [InlineData(Issuer, Build, "theirs", "No federation policy of this issuer trusts the audience 'theirs'.")]
    public async Task What_no_policy_trusts_is_refused(string issuer, string subject, string audience, string description)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth;
        EmulatedServicePrincipal builder = oauth.AddServicePrincipal("builder", "unused");
        builder.AddFederationPolicy(Issuer, Build, "mine").AddFederationPolicy(Issuer, "x", "theirs");

        string answer = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(issuer, subject, audience)) + "&client_id=builder");

        Assert.Equal($$"""400 {"error":"invalid_grant","error_description":"{{description}}"}""", answer);
    }

    [Theory]
    [InlineData("", "No federation policy trusts the issuer 'https://ci.example.com'.")]
    [InlineData("&client_id=e3000000-0000-4000-8000-000000000001", "No federation policy trusts the issuer 'https://ci.example.com'.")]
    public async Task A_policy_of_one_principal_is_good_for_no_other(string client, string description)
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth;
        oauth.AddServicePrincipal("builder", "unused").AddFederationPolicy(Issuer, Build);

        string answer = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(Issuer, Build)) + client);

        Assert.Equal($$"""400 {"error":"invalid_grant","error_description":"{{description}}"}""", answer);
    }

    [Fact]
    public async Task An_unknown_client_is_no_client()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth.AddFederationPolicy(Issuer);

        string answer = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(Issuer, Build)) + "&client_id=unknown");

        Assert.Equal("""401 {"error":"invalid_client","error_description":"Client authentication failed"}""", answer);
    }

    [Fact]
    public async Task A_JWT_is_good_until_it_expires()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedOAuth oauth = wire.Emulator.OAuth.AddFederationPolicy(Issuer);
        string form = Exchange(oauth.NewSubjectToken(Issuer, Build, lifetime: TimeSpan.FromSeconds(10)));

        wire.Clock.Advance(TimeSpan.FromSeconds(9.9));
        string before = await wire.AskForTokenAsync(form);
        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));
        string after = await wire.AskForTokenAsync(form);

        Assert.StartsWith("200 ", before, StringComparison.Ordinal);
        Assert.Equal("""400 {"error":"invalid_grant","error_description":"The subject token has expired."}""", after);
    }

    [Theory]
    [InlineData(false, "200 ")]
    [InlineData(true, """400 {"error":"invalid_grant","error_description":"The subject token has been used before."}""")]
    public async Task A_used_JWT_is_refused_if_so_ordered(bool refuses, string expected)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.RequiresFreshSubjectTokens = refuses);
        EmulatedOAuth oauth = wire.Emulator.OAuth.AddFederationPolicy(Issuer);
        string form = Exchange(oauth.NewSubjectToken(Issuer, Build));

        await wire.AskForTokenAsync(form);
        string second = await wire.AskForTokenAsync(form);
        string fresh = await wire.AskForTokenAsync(Exchange(oauth.NewSubjectToken(Issuer, Build)));

        Assert.StartsWith(expected, second, StringComparison.Ordinal);
        Assert.StartsWith("200 ", fresh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense", "The subject token is no JWT.")]
    [InlineData("a.!.c", "The subject token is no JWT.")]
    [InlineData("a.bm8.c", "The subject token is no JWT.")]
    [InlineData("a.W10.c", "The subject token is no JWT.")]
    [InlineData("a.e30.c", "The subject token has no sub.")]
    [InlineData("a.eyJzdWIiOiJtZSJ9.c", "The subject token has expired.")]
    public async Task What_is_no_whole_JWT_is_refused(string token, string description)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            $$"""400 {"error":"invalid_grant","error_description":"{{description}}"}""", await wire.AskForTokenAsync(Exchange(token)));
    }

    [Fact]
    public async Task A_JWT_may_be_for_several_audiences()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.OAuth.AddFederationPolicy(Issuer, "mine");
        string claims = $$"""{"iss":"{{Issuer}}","sub":"me","aud":["theirs","mine"],"exp":1790000001}""";

        string answer = await wire.AskForTokenAsync(Exchange($"a.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c"));

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_notebook_is_exchanged_for_one_of_its_user()
    {
        await using Wire wire = await Wire.OpenAsync();
        string form = Exchange("dapi-emulator-0001", "urn:databricks:params:oauth:token-type:personal-access-token")
            + "&requested_token_type=urn:ietf:params:oauth:token-type:access_token";

        string answer = await wire.AskForTokenAsync(form);
        wire.Emulator.RotateToken();
        string afterRotation = await wire.AskForTokenAsync(form);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        Assert.Equal("emulator@example.com", SubjectOf(Assert.Single(wire.Emulator.OAuth.IssuedTokens)));
        Assert.Equal("""400 {"error":"invalid_grant","error_description":"The subject token is invalid."}""", afterRotation);
    }

    [Theory]
    [InlineData("&subject_token=x", "invalid_request", "The parameter subject_token_type is missing.")]
    [InlineData("&subject_token_type=x", "invalid_request", "The parameter subject_token is missing.")]
    [InlineData("&subject_token=x&subject_token_type=saml", "invalid_request", "The subject_token_type saml is not supported.")]
    [InlineData(
        "&subject_token=x&subject_token_type=saml&requested_token_type=saml",
        "invalid_request",
        "The requested_token_type saml is not supported.")]
    public async Task A_faulty_exchange_is_refused(string rest, string error, string description)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskForTokenAsync("grant_type=urn:ietf:params:oauth:grant-type:token-exchange&scope=all-apis" + rest);

        Assert.Equal($$"""400 {"error":"{{error}}","error_description":"{{description}}"}""", answer);
    }

    [Fact]
    public async Task A_policy_names_an_issuer_and_that_of_a_principal_a_subject()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedServicePrincipal principal = Assert.Single(wire.Emulator.OAuth.ServicePrincipals);

        Assert.Throws<ArgumentException>(() => wire.Emulator.OAuth.AddFederationPolicy(""));
        Assert.Throws<ArgumentException>(() => principal.AddFederationPolicy(" ", Build));
        Assert.Throws<ArgumentException>(() => principal.AddFederationPolicy(Issuer, ""));
    }

    private static string Exchange(string token, string type = "urn:ietf:params:oauth:token-type:jwt") =>
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&scope=all-apis"
            + $"&subject_token={Uri.EscapeDataString(token)}&subject_token_type={Uri.EscapeDataString(type)}";

    private static string SubjectOf(string token) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["sub"]!.GetValue<string>();
}

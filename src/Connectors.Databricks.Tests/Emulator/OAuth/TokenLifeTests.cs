using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class TokenLifeTests
{
    private const string Model = "databricks-inkling";
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    private const string Forbidden =
        """403 {"error_code":"PERMISSION_DENIED","message":"Invalid access token: the token has expired."}""";

    [Theory]
    [InlineData(403, Forbidden)]
    [InlineData(401, """401 {"error_code":"UNAUTHENTICATED","message":"Access token expired"}""")]
    public async Task A_token_is_good_until_its_life_is_over(int status, string refusal)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ExpiredTokenStatus = status);
        await wire.LogInAsync();

        wire.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        string before = await wire.AskAsync(Model, Hello);
        wire.Clock.Advance(TimeSpan.FromTicks(1));
        string after = await wire.AskAsync(Model, Hello);

        Assert.StartsWith("200 ", before, StringComparison.Ordinal);
        Assert.Equal(refusal, after);
    }

    [Fact]
    public async Task A_token_opens_the_management_view_too()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.LogInAsync();

        using HttpResponseMessage list = await wire.Http.GetAsync(new Uri("api/2.0/serving-endpoints", UriKind.Relative));

        Assert.Equal(200, (int)list.StatusCode);
    }

    [Fact]
    public async Task Tokens_of_one_principal_are_revoked_and_another_keeps_its_own()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedServicePrincipal one = wire.Emulator.OAuth.AddServicePrincipal("one", "secret");
        EmulatedServicePrincipal two = wire.Emulator.OAuth.AddServicePrincipal("two", "secret");
        string token = await wire.LogInAsync(two);
        await wire.LogInAsync(one);

        one.RevokeTokens();
        string revoked = await wire.AskAsync(Model, Hello);
        wire.Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        string kept = await wire.AskAsync(Model, Hello);

        Assert.Equal("""401 {"error_code":"UNAUTHENTICATED","message":"Invalid access token."}""", revoked);
        Assert.StartsWith("200 ", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoking_everything_leaves_the_personal_token_alone()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.LogInAsync();

        wire.Emulator.OAuth.RevokeTokens();
        string revoked = await wire.AskAsync(Model, Hello);
        wire.Http.DefaultRequestHeaders.Authorization = new("Bearer", wire.Emulator.Token);
        string personal = await wire.AskAsync(Model, Hello);

        Assert.Equal("""401 {"error_code":"UNAUTHENTICATED","message":"Invalid access token."}""", revoked);
        Assert.StartsWith("200 ", personal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_expires_tokens_expires_these_too_until_the_next_is_issued()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.LogInAsync();

        wire.Emulator.Endpoint(Model).ExpiresTokens();
        string expired = await wire.AskAsync(Model, Hello);
        await wire.LogInAsync();
        string renewed = await wire.AskAsync(Model, Hello);

        Assert.Equal(Forbidden, expired);
        Assert.StartsWith("200 ", renewed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_principal_without_permission_gets_a_token_that_opens_nothing()
    {
        await using Wire wire = await Wire.OpenAsync();
        Assert.Single(wire.Emulator.OAuth.ServicePrincipals).CanQuery = false;
        await wire.LogInAsync();

        string answer = await wire.AskAsync(Model, Hello);

        Assert.Equal(
            """403 {"error_code":"PERMISSION_DENIED","message":"User does not have CAN_QUERY permission on the serving endpoint."}""",
            answer);
    }

    [Fact]
    public async Task A_rotated_personal_token_expires_with_the_status_of_the_options()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ExpiredTokenStatus = 401);

        wire.Emulator.RotateToken();

        Assert.Equal("""401 {"error_code":"UNAUTHENTICATED","message":"Access token expired"}""", await wire.AskAsync(Model, Hello));
    }
}

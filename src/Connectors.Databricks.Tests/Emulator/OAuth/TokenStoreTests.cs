using System.Net.Http.Headers;
using System.Text;

namespace Connectors.Databricks.Tests.Emulator.OAuth;

public class TokenStoreTests
{
    private const string Hello = """{"messages":[{"role":"user","content":"Hi"}]}""";

    [Theory]
    [InlineData(
        null,
        """401 {"error_code":"UNAUTHENTICATED","message":"Credential was not sent or was of an unsupported type for """
            + """this API."}""")]
    [InlineData(
        "Digest x",
        """401 {"error_code":"UNAUTHENTICATED","message":"Credential was not sent or was of an unsupported type for """
            + """this API."}""")]
    [InlineData(
        "Basic !",
        """401 {"error_code":"UNAUTHENTICATED","message":"Credential was not sent or was of an unsupported type for """
            + """this API."}""")]
    [InlineData("Bearer wrong", """401 {"error_code":"UNAUTHENTICATED","message":"Invalid access token."}""")]
    [InlineData(
        "Bearer poor",
        """403 {"error_code":"PERMISSION_DENIED","message":"User does not have CAN_QUERY permission on the serving """
            + """endpoint."}""")]
    public async Task A_request_without_a_good_token_is_refused(string? authorization, string expected)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.TokensWithoutPermission.Add("poor"));
        wire.Http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        Assert.Equal(expected, await wire.AskAsync("databricks-inkling", Hello));
    }

    [Fact]
    public async Task A_token_as_basic_password_is_good_for_invocations_and_nothing_else()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.Token = "mine");
        wire.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("token:mine")));

        string invocation = await wire.AskAsync("databricks-inkling", Hello);
        using HttpResponseMessage list = await wire.Http.GetAsync(new Uri("api/2.0/serving-endpoints", UriKind.Relative));

        Assert.StartsWith("200 ", invocation, StringComparison.Ordinal);
        Assert.Equal(401, (int)list.StatusCode);
    }

    [Fact]
    public async Task The_first_token_is_the_one_of_the_options()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Authentication.Token = "mine");

        Assert.Equal(("mine", "mine-1", "mine-1"), (wire.Emulator.Token, wire.Emulator.RotateToken(), wire.Emulator.Token));
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>Answers of token services that are not what was expected: a byte order mark, an error in a 200, too much, or broken.</summary>
public class TokenAnswerTests
{
    private const string Address = "https://tokens.example.com/oidc/v1/token";
    private const string Mark = "\uFEFF";

    [Fact]
    public async Task A_byte_order_mark_before_a_token_is_skipped() =>
        Assert.Equal("t", TokenFromWire.Text(await Get($$"""{{Mark}}{"access_token":"t"}"""), "access_token"));

    [Fact]
    public async Task A_byte_order_mark_before_an_error_is_skipped() =>
        Assert.Equal(
            $"Asking: {Address} returned 400 BadRequest: invalid_scope: No.",
            (await Failure($$"""{{Mark}}{"error":"invalid_scope","error_description":"No."}""", HttpStatusCode.BadRequest)).Message);

    [Fact]
    public async Task A_byte_order_mark_in_the_output_of_a_CLI_is_skipped()
    {
        var machine = LogIn.MachineFor("databricks-cli").With("PATH", "/bin").Program("/bin/databricks", _ => new ProgramResult(
            0, $$"""{{Mark}}{"access_token":"t","token_type":"Bearer","expiry":"2030-01-01T00:00:00Z"}""", ""));

        Assert.Equal("t", (await machine.Token()).Value);
    }

    [Theory]
    [InlineData("\uFEFFa.b.c")]
    [InlineData(" \uFEFF a.b.c\r\n")]
    public void A_byte_order_mark_around_an_identity_token_is_removed(string text) => Assert.Equal("a.b.c", TokenExchange(text));

    [Theory]
    [InlineData(
        """{"error":"invalid_client","error_description":"Client authentication failed"}""", "invalid_client: Client authentication failed",
        "invalid_client")]
    [InlineData("""{"error":"invalid_client"}""", "invalid_client", "invalid_client")]
    [InlineData("""{"error":{"code":"Forbidden","message":"No."}}""", "Forbidden: No.", "Forbidden")]
    [InlineData("""{"error_code":"PERMISSION_DENIED","message":"No."}""", "PERMISSION_DENIED: No.", "PERMISSION_DENIED")]
    [InlineData("""{"errorCode":"E1","errorSummary":"No."}""", "E1: No.", "E1")]
    [InlineData("""{"error":"e","access_token":""}""", "e", "e")]
    public async Task The_reason_of_an_error_in_a_200_is_told(string body, string reason, string code)
    {
        var failure = await Failure(body);

        Assert.Equal(
            ($"Asking: {Address} returned 200 OK with an error: {reason}", code, HttpStatusCode.OK, false),
            (failure.Message, failure.ErrorCode, failure.StatusCode, failure.IsTransient));
    }

    [Theory]
    [InlineData("""{"access_token":"t","error":null}""")]
    [InlineData("""{"access_token":"t","error":""}""")]
    [InlineData("""{"access_token":"t","error":{}}""")]
    [InlineData("""{"access_token":"t","error":"a warning"}""")]
    [InlineData("""{"value":"t","message":"Welcome."}""")]
    public async Task An_answer_without_an_error_is_an_answer(string body) =>
        Assert.Equal(body, (await Get(body)).GetRawText());

    [Fact]
    public async Task A_rejected_secret_in_a_200_says_what_to_check()
    {
        var machine = LogIn.MachineFor("oauth-m2m").With("DATABRICKS_CLIENT_ID", "c").With("DATABRICKS_CLIENT_SECRET", "s3cret-value")
            .WithOAuth()
            .Answers(LogIn.TokenEndpoint, """{"error":"invalid_client","error_description":"s3cret-value is wrong"}""");

        var reason = await machine.Refusal();

        Assert.StartsWith(
            $"Failed: Requesting a token for the service principal: {LogIn.TokenEndpoint} returned 200 OK with an error: invalid_client: " +
            "*** is wrong. Check client_id and client_secret",
            reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_was_reached_and_is_not_asked_again()
    {
        var machine = new FakePlatform().Answers(Address, new string(' ', 1024 * 1024 + 1));

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => Ask(machine));

        Assert.Equal(
            ($"Asking: {Address} returned 200 OK, and the response could not be read: it is larger than 1048576 bytes", HttpStatusCode.OK,
                false, 1),
            (failure.Message, failure.StatusCode, failure.IsTransient, machine.Sent.Count));
    }

    [Fact]
    public async Task A_page_that_is_too_large_does_not_hide_its_status()
    {
        var failure = await Failure(new string(' ', 1024 * 1024 + 1), HttpStatusCode.NotFound);

        Assert.Equal(($"Asking: {Address} returned 404 NotFound", HttpStatusCode.NotFound), (failure.Message, failure.StatusCode));
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(10)]
    public async Task An_answer_within_the_bound_is_read(int length)
    {
        const string document = """{"a":1}""";

        Assert.Equal(document, (await Get(document.PadRight(length))).GetRawText());
    }

    [Fact]
    public async Task A_body_that_cannot_be_decompressed_is_no_mistake_of_the_program()
    {
        var machine = new FakePlatform().Answers(Address, _ => Task.FromResult(new HttpResponseMessage
        {
            Content = new StreamContent(
                new GZipStream(new MemoryStream(Encoding.ASCII.GetBytes("no gzip at all")), CompressionMode.Decompress)),
        }));

        var failure = await Assert.ThrowsAsync<TokenCallException>(() => Ask(machine));

        Assert.StartsWith(
            $"Asking: {Address} returned 200 OK, and the response could not be read: ", failure.Message, StringComparison.Ordinal);
    }

    private static string TokenExchange(string text) =>
        Connectors.Databricks.Authentication.Sources.TokenExchange.Checked(text, "Some place");

    private static Task<System.Text.Json.JsonElement> Get(string body) => Ask(new FakePlatform().Answers(Address, body));

    private static Task<TokenCallException> Failure(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Assert.ThrowsAsync<TokenCallException>(() => Ask(new FakePlatform().Answers(Address, body, status)));

    private static Task<System.Text.Json.JsonElement> Ask(FakePlatform machine) =>
        new TokenRequests(machine, NullLogger.Instance, new Redaction([]))
            .GetObjectAsync(new TokenCall("Asking", HttpMethod.Get, new Uri(Address)), CancellationToken.None);
}

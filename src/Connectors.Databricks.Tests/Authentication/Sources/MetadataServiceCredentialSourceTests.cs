using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Sources;

/// <summary>A token service on this machine, whose address is a secret (authentication reference §6.10).</summary>
public class MetadataServiceCredentialSourceTests
{
    private const string Url = "http://localhost:8765/some-secret-path";
    private const string Asking = "Requesting a token from the local metadata service: ***";
    private const string Good = """{"access_token":"some-access-token","token_type":"Bearer","expires_on":1790859600}""";

    [Theory]
    [InlineData(Url)]
    [InlineData("http://127.0.0.1:8765/some-secret-path")]
    [InlineData("https://localhost/some-secret-path")]
    public async Task The_service_is_told_the_host_and_gives_the_token(string url)
    {
        var machine = Machine(url).Answers(url, Good);

        var token = await machine.Token();

        Assert.Equal(new DatabricksAccessToken("some-access-token", machine.Clock.GetUtcNow().AddHours(1)), token);
        Assert.Equal(
            $"""
            GET {url}
            Accept: application/json
            X-Databricks-Host: https://some-workspace.cloud.databricks.com
            X-Databricks-Metadata-Version: 1
            """,
            Assert.Single(machine.Sent).Text);
    }

    [Fact]
    public async Task The_host_is_told_without_what_people_leave_behind_it()
    {
        var machine = Machine(Url).With("DATABRICKS_HOST", $"{LogIn.Host}/some/page?o=17").Answers(Url, Good);

        await machine.Token();

        Assert.Equal(LogIn.Host, machine.Sent[0].Headers["X-Databricks-Host"]);
    }

    [Fact]
    public async Task It_is_asked_for_each_token()
    {
        var machine = Machine(Url).Answers(Url, Good).Answers(Url, """{"access_token":"second-token","expires_on":"1790870000"}""");

        var (first, second) = await machine.TwoTokens();

        Assert.Equal(("some-access-token", "second-token"), (first.Value, second.Value));
    }

    [Theory]
    [InlineData("http://localhost.evil.example/some-secret-path")]
    [InlineData("http://evil.example/localhost")]
    [InlineData("http://localhost@evil.example/")]
    [InlineData("http://169.254.169.254/some-secret-path")]
    [InlineData("http://[::1]/some-secret-path")]
    [InlineData("http://127.0.0.2/some-secret-path")]
    [InlineData("localhost:8765")]
    [InlineData("some-secret-path")]
    public async Task A_remote_address_is_not_called_and_not_shown(string url)
    {
        var machine = Machine(url);

        Assert.Equal(
            ("Failed: metadata_service_url is not an address on localhost or 127.0.0.1.", 0),
            (await machine.Refusal(), machine.Sent.Count));
    }

    [Theory]
    [InlineData(404, "", Asking + " returned 404 NotFound")]
    [InlineData(
        400, """{"error":"bad","error_description":"http://localhost:8765/some-secret-path is no path."}""",
        Asking + " returned 400 BadRequest: bad: *** is no path.")]
    [InlineData(200, "no JSON", Asking + " returned 200 without a JSON object.")]
    [InlineData(
        200, """{"access_token":"t"}""",
        "Requesting a token from the local metadata service: the response has no 'expires_on' that is a number of seconds since 1970.")]
    [InlineData(
        200, """{"expires_on":1790859600}""",
        "Requesting a token from the local metadata service: the response has no 'access_token'.")]
    public async Task A_refusal_says_what_the_service_said_and_never_its_address(int status, string body, string reason) =>
        Assert.Equal($"Failed: {reason}", await Machine(Url).Answers(Url, body, (HttpStatusCode)status).Refusal());

    [Fact]
    public async Task A_service_that_is_not_there_is_not_named()
    {
        var machine = Machine(Url).Breaks(Url, new HttpRequestException($"No such host at {Url}"));

        Assert.Equal($"Failed: {Asking} could not be reached: No such host at ***", await machine.Refusal());
    }

    [Fact]
    public async Task The_address_is_in_no_part_of_the_exception()
    {
        var machine = Machine(Url).Answers(Url, "", HttpStatusCode.NotFound);

        Assert.DoesNotContain("some-secret-path", (await machine.Failure()).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_attempt_gets_ten_seconds()
    {
        var machine = Machine(Url).Answers(Url, Never).Answers(Url, Good);

        var token = machine.Token();
        await Task.WhenAny(token, machine.Clock.TimerWithin(TimeSpan.FromSeconds(10)));
        machine.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("some-access-token", (await token).Value);
    }

    [Fact]
    public async Task Without_an_address_it_declines() => Assert.Equal(
        "Declined: metadata_service_url (DATABRICKS_METADATA_SERVICE_URL) not set", await LogIn.MachineFor("metadata-service").Refusal());

    private static async Task<HttpResponseMessage> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("An infinite wait has ended.");
    }

    private static FakePlatform Machine(string url) => LogIn.MachineFor("metadata-service").With("DATABRICKS_METADATA_SERVICE_URL", url);
}

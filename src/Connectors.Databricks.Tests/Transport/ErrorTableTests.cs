using System.Net;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>The errors that Databricks Model Serving is known to answer with, and the whole message a caller reads.</summary>
public class ErrorTableTests
{
    private const string Start = "Chat on endpoint 'some-endpoint' failed: ";

    [Theory]
    [MemberData(nameof(ErrorTable.Errors), MemberType = typeof(ErrorTable))]
    public async Task Each_known_error_says_what_came_back_and_what_to_try(
        int status, string body, string? code, string? words, bool isTransient, string message)
    {
        var failure = await Failure.Of(
            new VerbatimService().Answers(body, (HttpStatusCode)status), options => options.Gateway = DatabricksGatewayMode.Never);

        Assert.Equal(
            ((HttpStatusCode)status, code, words, isTransient, "some-endpoint", Start + message),
            (failure.StatusCode!.Value, failure.ErrorCode, failure.ServiceMessage, failure.IsTransient, failure.EndpointName,
                failure.Message));
    }

    [Theory]
    [InlineData("x-databricks-request-id")]
    [InlineData("x-request-id")]
    [InlineData("request-id")]
    public async Task The_request_id_of_a_header_ends_the_message(string header)
    {
        var failure = await Failure.OfBody(HttpStatusCode.Conflict, "", headers: (header, "7c1d"));

        Assert.Equal(
            ("7c1d", Start + "409 Conflict. See the endpoint's page in the workspace. (Request id 7c1d.)"),
            (failure.RequestId, failure.Message));
    }

    [Fact]
    public async Task The_databricks_request_id_is_preferred()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.Conflict, "", headers: [("request-id", "c"), ("x-request-id", "b"), ("x-databricks-request-id", "a")]);

        Assert.Equal("a", failure.RequestId);
    }

    [Fact]
    public async Task The_request_id_of_the_body_replaces_a_missing_header()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.Forbidden,
            """{"error_code":"FEATURE_DISABLED","message":"Off.","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"7c1d","serving_data":""}]}""");

        Assert.Equal(
            ("7c1d", $"{Start}403 Forbidden, FEATURE_DISABLED: \"Off.\" {ErrorTable.Disabled} (Request id 7c1d.)"),
            (failure.RequestId, failure.Message));
    }

    [Fact]
    public async Task A_failed_stream_says_that_it_was_one()
    {
        var failure = await Failure.OfStream(new VerbatimService().Answers("", HttpStatusCode.Conflict));

        Assert.Equal(
            "Streaming chat on endpoint 'some-endpoint' failed: 409 Conflict. See the endpoint's page in the workspace.", failure.Message);
    }

    [Fact]
    public async Task A_redirect_is_an_error_that_names_the_host()
    {
        var failure = await Failure.OfBody(HttpStatusCode.Found, "", headers: ("Location", "https://login.example/?next=secret"));

        Assert.Equal(
            (HttpStatusCode.Found,
                Start + "302 Found. The host redirects elsewhere: check that Host is the workspace address, and log in again if the " +
                    "token is old."),
            (failure.StatusCode!.Value, failure.Message));
    }

    [Fact]
    public async Task A_redirect_for_want_of_a_private_link_is_named()
    {
        var failure = await Failure.OfBody(
            HttpStatusCode.Found, "<html></html>", "text/html", ("Location", "/login.html?error=private-link-validation-error"));

        Assert.Equal(
            ("PRIVATE_LINK_VALIDATION_ERROR",
                Start + "302 Found, PRIVATE_LINK_VALIDATION_ERROR. The workspace takes calls over its private link alone: call from " +
                    "inside that network."),
            (failure.ErrorCode, failure.Message));
    }

    [Fact]
    public async Task Neither_prompt_nor_token_is_in_the_exception()
    {
        var failure = await Failure.OfBody(HttpStatusCode.BadRequest, """{"error_code":"BAD_REQUEST","message":"No."}""");

        Assert.DoesNotContain(Some.Token, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hello?", failure.ToString(), StringComparison.Ordinal);
    }
}

using System.Text;
using Connectors.Databricks.Authentication.Tokens;

namespace Connectors.Databricks.Tests.Authentication.Tokens;

/// <summary>The error bodies of token services (authentication reference §6.3, §9).</summary>
public class OAuthErrorTests
{
    public static TheoryData<string, string?, string> Bodies => new()
    {
        { """{"error":"invalid_client","error_description":"No."}""", "invalid_client", "invalid_client: No." },
        { """{"error":"invalid_client"}""", "invalid_client", "invalid_client" },
        { """{"error_description":"No."}""", null, "No." },
        { """{"errorCode":"E0000022","errorSummary":"No."}""", "E0000022", "E0000022: No." },
        { """{"error_code":"PERMISSION_DENIED","message":"No."}""", "PERMISSION_DENIED", "PERMISSION_DENIED: No." },
        { """{"error_code":403,"message":"No."}""", null, "No." },
        { """{"message":"Bad credentials","documentation_url":"https://docs.github.com"}""", null, "Bad credentials" },
        { """{"$id":"1","innerException":null,"message":"VS403443: No.","errorCode":0}""", null, "VS403443: No." },
        { """{"error":{"code":"AuthorizationFailed","message":"No."}}""", "AuthorizationFailed", "AuthorizationFailed: No." },
        { """{"error":{"code":"AuthorizationFailed"}}""", "AuthorizationFailed", "AuthorizationFailed" },
        { """{"error":{"message":"No."}}""", null, "No." },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Every_shape_of_error_gives_its_code_and_its_text(string body, string? code, string text) =>
        Assert.Equal(new OAuthError(code, text), Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"No.\"")]
    [InlineData("<html>No.</html>")]
    [InlineData("""{"error":{}}""")]
    [InlineData("""{"error":17,"message":null}""")]
    public void Another_body_says_nothing(string body) => Assert.Null(Read(body));

    [Fact]
    public void The_ids_for_Entras_support_are_cut_off_and_its_page_is_named() => Assert.Equal(
        new OAuthError(
            "invalid_client",
            "invalid_client: AADSTS7000215: Invalid client secret provided. See https://login.microsoftonline.com/error?code=7000215"),
        Read(
            """
            {"error":"invalid_client",
             "error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2 Timestamp: 3",
             "error_codes":[7000215],"timestamp":"2026-10-01 12:00:00Z","trace_id":"1","correlation_id":"2",
             "error_uri":"https://login.microsoftonline.com/error?code=7000215"}
            """));

    [Fact]
    public void The_ids_for_Entras_support_are_cut_off_when_they_are_on_separate_lines() => Assert.Equal(
        new OAuthError("invalid_client", "invalid_client: AADSTS7000215: Invalid client secret provided"),
        Read("""{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1\r\nCorrelation ID: 2"}"""));

    [Theory]
    [InlineData("""{"error":"invalid_client","error_uri":"https://x"}""", "invalid_client", "invalid_client. See https://x")]
    [InlineData("""{"error_uri":"https://x"}""", null, "See https://x")]
    public void A_page_without_a_sentence_before_it_leaves_no_stray_full_stop(string body, string? code, string text) =>
        Assert.Equal(new OAuthError(code, text), Read(body));

    [Fact]
    public void A_sentence_that_is_not_in_UTF8_is_left_out()
    {
        var body = Encoding.Latin1.GetBytes("""{"error":"invalid_client","error_description":"Ungültig"}""");

        Assert.Equal(new OAuthError("invalid_client", "invalid_client"), OAuthError.Read(body));
    }

    private static OAuthError? Read(string body) => OAuthError.Read(Encoding.UTF8.GetBytes(body));
}

namespace Connectors.Databricks.Tests;

public class DatabricksAccessTokenTests
{
    private const string Secret = "dapi-secret";

    [Fact]
    public void It_holds_value_and_expiry()
    {
        var expiresOn = new DateTimeOffset(2026, 10, 1, 13, 0, 0, TimeSpan.Zero);

        var token = new DatabricksAccessToken(Secret, expiresOn);

        Assert.Equal((Secret, expiresOn), (token.Value, token.ExpiresOn!.Value));
    }

    [Theory]
    [InlineData("dapi-secret\n")]
    [InlineData("dapi-secret\r\nX-Evil: 1")]
    [InlineData("dapi secret")]
    [InlineData("dapi-secret\0")]
    [InlineData("dapi-secrét")]
    public void A_value_that_no_header_may_carry_is_refused_without_quoting_it(string value)
    {
        const string Message =
            "The token holds white space or characters outside printable ASCII. Check for a line break at its end. (Parameter 'value')";

        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => new DatabricksAccessToken(value)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => DatabricksCredential.FromToken(value)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_empty_value_is_refused(string value) =>
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => new DatabricksAccessToken(value)).ParamName);

    [Fact]
    public void Its_text_is_safe_to_log()
    {
        var expiresOn = new DateTimeOffset(2026, 10, 1, 13, 0, 0, TimeSpan.Zero);

        Assert.Equal("DatabricksAccessToken(***)", new DatabricksAccessToken(Secret).ToString());
        Assert.Equal(
            "DatabricksAccessToken(***, expires 2026-10-01T13:00:00.0000000+00:00)",
            new DatabricksAccessToken(Secret, expiresOn).ToString());
        Assert.Equal("DatabricksAccessToken(***)", default(DatabricksAccessToken).ToString());
    }

    [Fact]
    public void The_text_of_a_credential_is_safe_to_log()
    {
        Assert.Equal("FixedToken", DatabricksCredential.FromToken(Secret).ToString());
        Assert.Equal("ProvidedToken", DatabricksCredential.FromTokenProvider(_ => new(new DatabricksAccessToken(Secret))).ToString());
    }

    [Fact]
    public void A_provider_is_required() =>
        Assert.Equal("provider", Assert.Throws<ArgumentNullException>(() => DatabricksCredential.FromTokenProvider(null!)).ParamName);
}

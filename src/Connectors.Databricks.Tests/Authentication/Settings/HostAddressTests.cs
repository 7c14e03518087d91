using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>A host as people write it becomes scheme and authority (authentication reference §3).</summary>
public class HostAddressTests
{
    [Theory]
    [InlineData("x", "https://x")]
    [InlineData("https://x", "https://x")]
    [InlineData("https://x/", "https://x")]
    [InlineData("HTTPS://x", "https://x")]
    [InlineData("https://x:443", "https://x")]
    [InlineData("x:443", "https://x")]
    [InlineData("abc.def:8443", "https://abc.def:8443")]
    [InlineData("https://x:8443/a", "https://x:8443")]
    [InlineData("https://x/a/b", "https://x")]
    [InlineData("x/a/b?c#d", "https://x")]
    [InlineData("https://x#o=12", "https://x")]
    [InlineData("https://DBC-AB.Cloud.Databricks.com", "https://dbc-ab.cloud.databricks.com")]
    [InlineData("https://user:pw@x/", "https://x")]
    [InlineData("user:pw@x", "https://x")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("https://x.", "https://x.")]
    [InlineData("https-gateway.example", "https://https-gateway.example")]
    [InlineData("localhost:8080", "https://localhost:8080")]
    [InlineData("http://localhost:8080/x", "http://localhost:8080")]
    [InlineData("http://127.0.0.1", "http://127.0.0.1")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000")]
    [InlineData("[2001:db8::1]:8443", "https://[2001:db8::1]:8443")]
    public void It_is_reduced_to_scheme_and_authority(string text, string expected) =>
        Assert.Equal((expected, null, null), Parts(text));

    [Theory]
    [InlineData("https://x/?o=12", "12", null)]
    [InlineData("x?o=12", "12", null)]
    [InlineData("https://x/?w=any-id", "any-id", null)]
    [InlineData("https://x/?o=12&w=13", "13", null)]
    [InlineData("https://x/?workspace_id=14&o=12", "12", null)]
    [InlineData("https://x/?workspace_id=14", "14", null)]
    [InlineData("https://x/?w=&o=12", "12", null)]
    [InlineData("https://x/?o=twelve", null, null)]
    [InlineData("https://x/?o=twelve&workspace_id=14", "14", null)]
    [InlineData("https://x/?workspace_id=1.5", null, null)]
    [InlineData("https://x/?o=9223372036854775807", "9223372036854775807", null)]
    [InlineData("https://x/?o=9223372036854775808", null, null)]
    [InlineData("https://x/?a=acc", null, "acc")]
    [InlineData("https://x/?account_id=acc", null, "acc")]
    [InlineData("https://x/?account_id=b&a=acc&w=1", "1", "acc")]
    [InlineData("https://x/?w=a%20b", "a b", null)]
    [InlineData("https://x/?W=1&O=2&other=3", null, null)]
    public void The_ids_in_its_query_are_kept(string text, string? workspace, string? account) =>
        Assert.Equal(("https://x", workspace, account), Parts(text));

    [Theory]
    [InlineData("https://:443", "'https://:443' names no host. Write it as https://<workspace>.")]
    [InlineData("https://", "'https://' names no host. Write it as https://<workspace>.")]
    [InlineData("https:/x", "'https:/x' names no host. Write it as https://<workspace>.")]
    [InlineData("https//x", "'https//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https/x", "'https/x' names no host. Write it as https://<workspace>.")]
    [InlineData("https:x", "'https:x' names no host. Write it as https://<workspace>.")]
    [InlineData("https:\\\\x", "'https:\\\\x' names no host. Write it as https://<workspace>.")]
    [InlineData("https.//x", "'https.//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https;//x", "'https;//x' names no host. Write it as https://<workspace>.")]
    [InlineData("HTTPS//x", "'HTTPS//x' names no host. Write it as https://<workspace>.")]
    [InlineData("\uFEFFhttps:/x", "'\\uFEFFhttps:/x' names no host. Write it as https://<workspace>.")]
    [InlineData("ｈｔｔｐｓ//x", "'ｈｔｔｐｓ//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https://-é.example", "'https://-é.example' names no host. Write it as https://<workspace>.")]
    [InlineData("http:/x", "'http:/x' names no host. Write it as https://<workspace>.")]
    [InlineData("http//x", "'http//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https://https://x", "'https://https://x' names no host. Write it as https://<workspace>.")]
    [InlineData("https://http//x", "'https://http//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https:///x", "'https:///x' names no host. Write it as https://<workspace>.")]
    [InlineData("//x", "'//x' names no host. Write it as https://<workspace>.")]
    [InlineData("https", "'https' names no host. Write it as https://<workspace>.")]
    [InlineData("ht!tps://x", "'ht!tps://x' names no host. Write it as https://<workspace>.")]
    [InlineData("https://x y", "'https://x y' names no host. Write it as https://<workspace>.")]
    [InlineData("https://x..y", "'https://x..y' names no host. Write it as https://<workspace>.")]
    [InlineData("https://*.x", "'https://*.x' names no host. Write it as https://<workspace>.")]
    [InlineData("https://x\r\ny", "'https://x\\u000D\\u000Ay' names no host. Write it as https://<workspace>.")]
    [InlineData("/serving-endpoints", "'/serving-endpoints' names no host. Write it as https://<workspace>.")]
    [InlineData("https://user:secret@:443", "':443' names no host. Write it as https://<workspace>.")]
    [InlineData("user:sec@ret@not a host", "'not a host' names no host. Write it as https://<workspace>.")]
    [InlineData("http://x", "'http://x' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData("http://user:secret@x:80/?o=1", "'http://x' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData(
        "http://127.0.0.1.evil.example",
        "'http://127.0.0.1.evil.example' does not use https. Plain http is accepted for loopback addresses alone.")]
    [InlineData("ftp://localhost", "'ftp://localhost' does not use https. Plain http is accepted for loopback addresses alone.")]
    public void What_names_no_host_or_would_show_tokens_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => HostAddress.Parse(text)).Message);

    [Fact]
    public void Ids_of_the_query_fill_what_nothing_else_set() =>
        Assert.Equal(
            [
                "host=https://x (from environment variable DATABRICKS_HOST)",
                "account_id=mine (from environment variable DATABRICKS_ACCOUNT_ID)",
                "workspace_id=12 (from the query of host)",
            ],
            Resolve.Lines(new FakePlatform().With("DATABRICKS_HOST", "https://x/?o=12&a=other").With("DATABRICKS_ACCOUNT_ID", "mine")));

    [Theory]
    [InlineData("DATABRICKS_HOST")]
    [InlineData("DATABRICKS_MODEL_SERVING_HOST_URL")]
    public void A_host_of_the_environment_that_is_no_good_is_named_with_its_source(string variable)
    {
        var machine = new FakePlatform().With(variable, "http://user:secret@x/").With("IS_IN_DB_MODEL_SERVING_ENV", "true");
        machine.Files[ModelServingHost.TokenPath] = "{}";

        var failure = Resolve.Failure(machine);

        Assert.Equal(
            $"host (from environment variable {variable}) 'http://x' does not use https. Plain http is accepted for loopback addresses " +
            "alone. Nothing is configured in code, environment or profile.",
            failure.Message);
        Assert.Equal(DatabricksCredentialFailure.NoHost, failure.Failure);
    }

    [Fact]
    public void A_host_of_code_that_is_no_good_is_the_callers_mistake() =>
        Assert.Equal(
            "Host 'http://x' does not use https. Plain http is accepted for loopback addresses alone.",
            Assert.Throws<ArgumentException>(
                () => Resolve.On(new FakePlatform(), options => options.Host = new Uri("http://user:secret@x/"))).Message);

    [Theory]
    [InlineData("ARM_USE_MSI", "maybe")]
    [InlineData("DATABRICKS_CONFIG_PROFILE", "__settings__")]
    [InlineData("DATABRICKS_CONFIG_PROFILE", "missing")]
    [InlineData("ARM_CLIENT_ID", "conflicts-with-the-token")]
    public void A_password_in_the_address_of_the_host_is_shown_by_no_other_failure(string variable, string value)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "https://user:pass-word@x/").With("DATABRICKS_TOKEN", "some-token")
            .With(variable, value)
            .ConfigFile("[p]\ntoken=t");

        var failure = Resolve.Failure(machine);

        Assert.Contains("host=https://x (from environment variable DATABRICKS_HOST)", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word", failure.Message + string.Join(' ', failure.Settings), StringComparison.Ordinal);
    }

    private static (string Address, string? WorkspaceId, string? AccountId) Parts(string text)
    {
        var host = HostAddress.Parse(text);
        return (host.Address.AbsoluteUri.TrimEnd('/'), host.WorkspaceId, host.AccountId);
    }
}

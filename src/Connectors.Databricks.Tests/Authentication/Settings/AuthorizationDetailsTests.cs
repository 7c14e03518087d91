using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>The permissions that an OAuth token is limited to, from code, configuration and profile.</summary>
public class AuthorizationDetailsTests
{
    private const string Query =
        """[{"type":"workspace_permission","object_type":"serving-endpoints","object_path":"/serving-endpoints/some-id","actions":["query_inference_endpoint"]}]""";

    [Fact]
    public void The_permission_to_query_an_endpoint_is_the_documented_document() =>
        Assert.Equal(
            Query,
            Text(options => options.Authentication.AuthorizationDetails = [DatabricksAuthorizationDetail.ForEndpointQuery("some-id")]));

    [Fact]
    public void What_is_not_set_is_not_sent() =>
        Assert.Equal(
            """[{"type":"t"},{"type":"workspace_permission","actions":["a","b"]}]""",
            Text(options => options.Authentication.AuthorizationDetails = [new() { Type = "t" }, new() { Actions = ["a", "b"] }]));

    [Fact]
    public void None_are_no_setting() => Assert.Null(Text(options => options.Authentication.AuthorizationDetails = []));

    [Theory]
    [InlineData("")]
    [InlineData("churn/v1")]
    [InlineData("../other")]
    [InlineData("a b")]
    public void What_is_no_id_of_an_endpoint_is_refused(string id) =>
        Assert.Throws<ArgumentException>(() => DatabricksAuthorizationDetail.ForEndpointQuery(id));

    [Theory]
    [InlineData(Query)]
    [InlineData("[]")]
    public void A_profile_has_them_as_JSON(string json) =>
        Assert.Equal(json, Resolve.On(Profile(json))[SettingTable.AuthorizationDetails]);

    [Theory]
    [InlineData("workspace_permission")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":""}]""")]
    [InlineData("""[{"type":1}]""")]
    [InlineData("[")]
    public void What_a_profile_has_instead_is_named_and_not_quoted(string text)
    {
        var failure = Resolve.Failure(Profile(text));

        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
        Assert.StartsWith(
            "authorization_details (from profile 'DEFAULT' of ~/.databrickscfg) is not a JSON array of objects that each have a 'type'.",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_has_them_as_sections()
    {
        var details = Configured(
            ("Authentication:AuthorizationDetails:0:ObjectType", "serving-endpoints"),
            ("Authentication:AuthorizationDetails:0:ObjectPath", "/serving-endpoints/some-id"),
            ("Authentication:AuthorizationDetails:0:Actions:0", "query_inference_endpoint"),
            ("Authentication:AuthorizationDetails:1:Type", "other"));

        Assert.Equal(Query[..^1] + """,{"type":"other"}]""", AuthorizationDetailsJson.Of(details));
    }

    [Theory]
    [InlineData(
        "Authentication:AuthorizationDetails", "[]",
        "is a list of sections, not a value. Their keys: Type, ObjectType, ObjectPath, Actions.")]
    [InlineData(
        "Authentication:AuthorizationDetails:0:Object", "x", "is no option. The known ones: Type, ObjectType, ObjectPath, Actions.")]
    public void What_configuration_has_instead_is_named(string key, string value, string complaint) =>
        Assert.Equal(
            $"Configuration 'Databricks:{key}' {complaint}", Assert.Throws<ArgumentException>(() => Configured((key, value))).Message);

    [Fact]
    public void Options_are_copied_with_them()
    {
        var options = new DatabricksAuthenticationOptions { AuthorizationDetails = [new() { Type = "before", Actions = ["a"] }] };
        var copy = new DatabricksServingOptions { Authentication = options }.CopyValidated().Authentication;

        options.AuthorizationDetails[0].Type = "after";
        options.AuthorizationDetails[0].Actions.Clear();

        Assert.Equal("""[{"type":"before","actions":["a"]}]""", AuthorizationDetailsJson.Of(copy.AuthorizationDetails));
    }

    private static FakePlatform Profile(string json) => new FakePlatform().ConfigFile($"[DEFAULT]\nhost=x\nauthorization_details={json}\n");

    private static string? Text(Action<DatabricksServingOptions> configure) =>
        Resolve.On(new FakePlatform(), configure)[SettingTable.AuthorizationDetails];

    private static IList<DatabricksAuthorizationDetail>? Configured(params (string Key, string Value)[] pairs)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                pairs.Append((Key: "Host", Value: "https://x")).Select(
                    pair => KeyValuePair.Create($"Databricks:{pair.Key}", (string?)pair.Value))).Build();
        var services = new ServiceCollection();
        services.AddDatabricksServing(configuration.GetSection("Databricks"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<DatabricksServingOptions>>().Value.Authentication.AuthorizationDetails;
    }
}

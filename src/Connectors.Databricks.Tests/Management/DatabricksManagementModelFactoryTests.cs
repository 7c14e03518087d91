using System.Text.Json;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Management;

public class DatabricksManagementModelFactoryTests
{
    private const string Document =
        """
        {"name":"churn","id":"1","state":{"ready":"READY","config_update":"NOT_UPDATING"},"tags":[{"key":"team","value":"growth"}],
         "data_plane_info":{"query_info":{"endpoint_url":"https://x.example","authorization_details":"[]"}},"later":{"a":[1]},
         "config":{"served_entities":[{"name":"a","environment_vars":{"A":"b"},
           "external_model":{"provider":"amazon-bedrock","name":"m","task":"llm/v1/chat",
             "amazon_bedrock_config":{"aws_region":"us-east-1","uc_service_credential_name":"bedrock"}}}],
           "traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":100}]}}}
        """;

    [Fact]
    public void Two_endpoints_of_one_document_are_equal()
    {
        var one = DatabricksManagementModelFactory.ServingEndpoint(Document);
        var two = DatabricksManagementModelFactory.ServingEndpoint(Document);

        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, DatabricksManagementModelFactory.ServingEndpoint(Document.Replace("[1]", "[2]", StringComparison.Ordinal)));
        Assert.NotEqual(one, two with { Tags = [] });
    }

    [Fact]
    public void Everything_of_the_document_is_read()
    {
        var endpoint = DatabricksManagementModelFactory.ServingEndpoint(Document);

        Assert.Equal("https://x.example", endpoint.DataPlaneInfo!.QueryInfo!.EndpointUrl);
        Assert.Equal("bedrock", endpoint.Config!.ServedEntities[0].ExternalModel!.AmazonBedrock!.ServiceCredentialName);
    }

    [Fact]
    public void An_endpoint_is_made_from_its_parts() => Assert.Equal(
        "churn (READY, NOT_UPDATING)", DatabricksManagementModelFactory.ServingEndpoint("churn", new EndpointConfig()).ToString());

    [Fact]
    public void Permissions_are_made_from_their_document() => Assert.Equal(
        EndpointPermissionLevel.CanQuery,
        DatabricksManagementModelFactory.EndpointPermissions(
            """{"access_control_list":[{"user_name":"a","all_permissions":[{"permission_level":"CAN_QUERY"}]}]}""")
            .AccessControl[0].Permissions[0].Level);

    [Fact]
    public void A_profile_is_made_from_the_document_of_an_endpoint()
    {
        var profile = DatabricksModelFactory.EndpointProfile(Document);

        Assert.Equal(("churn", "external", ReadinessResult.Ready), (profile.Name, $"{profile.Kind.Value}", profile.Readiness));
        Assert.Equal("us-east-1", profile.Document.GetProperty("config").GetProperty("served_entities")[0].GetProperty("external_model")
            .GetProperty("amazon_bedrock_config").GetProperty("aws_region").GetString());
        Assert.Throws<ArgumentException>(() => DatabricksModelFactory.EndpointProfile("{}"));
        Assert.ThrowsAny<JsonException>(() => DatabricksModelFactory.EndpointProfile("{"));
    }
}

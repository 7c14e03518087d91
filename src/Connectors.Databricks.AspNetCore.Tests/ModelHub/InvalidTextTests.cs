namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

/// <summary>Texts and types of a workspace that are not what the reference says do not fail the list of all endpoints.</summary>
public class InvalidTextTests
{
    public static TheoryData<string> Documents => new()
    {
        // Halves of surrogate pairs.
        """
        {"name":"odd","creator":"half \ud800.","description":"half \ud800.","task":"llm/v1/chat",
         "tags":[{"key":"half \ud800.","value":"half \ud800."}],
         "config":{"served_entities":[{"name":"half \ud800.","entity_name":"half \ud800.","entity_version":"half \ud800.",
           "external_model":{"name":"half \ud800.","provider":"half \ud800."},
           "state":{"deployment":"half \ud800.","deployment_state_message":"half \ud800."}}],
           "traffic_config":{"routes":[{"served_model_name":"half \ud800.","traffic_percentage":100}]}}}
        """,
        """{"name":"odd","creation_timestamp":"{{x}}","create_time":"half \ud800.","config":{"served_entities":[{"name":"a\ud800"}]}}""",

        """{"name":"odd","a\ud800":1,"config":{"b\ud800":1,"served_entities":[{"c\ud800":1,"name":"a"}],"traffic_config":{"d\ud800":1}}}""",

        // Other types.
        """{"name":"odd","creator":7,"description":[],"tags":"x","task":{},"state":[],"config":{"served_entities":{"name":1}}}""",
        """{"name":"odd","creation_timestamp":1e300,"config":[],"tags":[7,null,{"key":null,"value":{}}]}""",
        """{"name":"odd","config":{"served_entities":[null,7,[],{"name":null,"state":"x","external_model":7,"scale_to_zero_enabled":"yes"}]}}""",
        """{"name":"odd","config":{"served_entities":[{"name":"a"}],"traffic_config":{"routes":[{"served_model_name":"a","traffic_percentage":-7e9}]}}}""",
    };

    [Theory, MemberData(nameof(Documents))]
    public async Task An_odd_document_is_listed_with_what_can_be_read(string document)
    {
        await using var app = await ModelHubApp.StartAsync(
            new ScriptedDirectory().Lists(DatabricksModelFactory.EndpointProfile(document), ModelHubApp.Endpoint("sound", null, "{}")));

        string[] routes = ["data/endpoints", "data/endpoint?name=odd", "public/model_hub", "public/databricks/serving_endpoints"];
        foreach (var route in routes)
        {
            Assert.Equal(200, (await app.StatusAsync($"/models/{route}"), route).Item1);
        }

        var endpoints = (await app.JsonAsync("/models/data/endpoints"))["endpoints"]!.AsArray();
        Assert.Equal(["odd", "sound"], endpoints.Select(item => (string?)item!["name"]));
    }
}

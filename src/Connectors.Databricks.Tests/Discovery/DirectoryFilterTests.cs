using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.Discovery.Profiles;

namespace Connectors.Databricks.Tests.Discovery;

public class DirectoryFilterTests
{
    private static readonly EndpointProfile[] Entries =
    [
        ProfileFromEndpointTests.Read(
            "databricks-gpt-5", "llm/v1/chat", """{"name":"g","foundation_model":{"name":"system.ai.gpt-5","display_name":"GPT-5"}}"""),
        ProfileFromEndpointTests.Read(
            "notes", null, """{"external_model":{"provider":"anthropic","name":"claude-sonnet-4-5","task":"llm/v1/chat"}}""",
            ""","creator":"Ann@example.com","tags":[{"key":"team","value":"growth"},{"key":"live"}]""", state: "NOT_READY"),
        ProfileFromEndpointTests.Read("churn", null, """{"entity_name":"main.ml.leavers","entity_version":"7"}""",
            ""","creator":"ben@example.com","tags":[{"key":"team","value":"risk"}]"""),
        ProfileFromEndpointTests.Read("databricks-dbrx-instruct", "llm/v1/chat",
            """{"foundation_model":{"name":"system.ai.dbrx-instruct"}}"""),
    ];

    public static TheoryData<string, DirectoryFilter, string[]> Cases => new()
    {
        { "nothing set", new(), ["databricks-gpt-5", "notes", "churn", "databricks-dbrx-instruct"] },
        { "ready", new() { IsReady = true }, ["databricks-gpt-5", "churn", "databricks-dbrx-instruct"] },
        { "not ready", new() { IsReady = false }, ["notes"] },
        { "task", new() { Task = EndpointTask.Chat }, ["databricks-gpt-5", "notes", "databricks-dbrx-instruct"] },
        { "an API", new() { Api = ServingApi.Responses }, ["databricks-gpt-5"] },
        { "model services", new() { IsModelService = true }, [] },
        { "serving endpoints", new() { IsModelService = false, IsReady = false }, ["notes"] },
        { "kind", new() { Kind = EndpointKind.External }, ["notes"] },
        { "mode", new() { Mode = EndpointMode.Prediction }, ["churn"] },
        { "a capability", new() { Capabilities = [EndpointCapability.ImageInput] }, ["databricks-gpt-5", "notes"] },
        { "two capabilities", new() { Capabilities = [EndpointCapability.ImageInput, EndpointCapability.FileInput] }, ["notes"] },
        { "a capability that no model has", new() { Capabilities = [new("telepathy")] }, [] },
        { "creator in another case", new() { Creator = "ann@EXAMPLE.com" }, ["notes"] },
        { "tag with value", new() { TagKey = "team", TagValue = "risk" }, ["churn"] },
        { "tag of any value", new() { TagKey = "team" }, ["notes", "churn"] },
        { "tag without value", new() { TagKey = "live" }, ["notes"] },
        { "tag that none has", new() { TagKey = "team", TagValue = "Risk" }, [] },
        { "name", new() { NameContains = "GPT" }, ["databricks-gpt-5"] },
        { "name of a served entity", new() { NameContains = "leavers" }, ["churn"] },
        { "name of an external model", new() { NameContains = "sonnet" }, ["notes"] },
        { "context", new() { MinContextWindow = 100_000 }, ["databricks-gpt-5", "notes"] },
        { "not retired", new() { IncludeRetired = false }, ["databricks-gpt-5", "notes", "churn"] },
        { "two at once", new() { IsReady = true, Mode = EndpointMode.Chat, IncludeRetired = false }, ["databricks-gpt-5"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Everything_that_is_set_must_hold(string what, DirectoryFilter filter, string[] names)
    {
        _ = what;
        var snapshot = new EndpointDirectorySnapshot(Entries, DateTimeOffset.UnixEpoch);

        Assert.Equal(names, snapshot.Where(filter).Select(profile => profile.Name));
    }
}

using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Discovery.Profiles;

public class ModelHubToJsonTests
{
    [Fact]
    public void Language_models_are_written_as_LiteLLM_writes_them()
    {
        var models = DatabricksModelCapabilities.BuiltIn.With(
            DatabricksModelCapabilities.BuiltIn.Find("claude-sonnet-4-5")! with { MaxOutputTokens = 64_000 });
        var snapshot = new EndpointDirectorySnapshot(
            [
                ProfileFromEndpointTests.Read("databricks-claude-sonnet-4-5", "llm/v1/chat",
                    """{"foundation_model":{"name":"system.ai.claude-sonnet-4-5"}}""", models: models),
                ProfileFromEndpointTests.Read("databricks-gte-large-en", "llm/v1/embeddings",
                    """{"foundation_model":{"name":"system.ai.gte-large-en"}}"""),
                ProfileFromEndpointTests.Read("helper", "agent/v2/chat", """{"entity_name":"main.agents.helper","entity_version":"3"}"""),
                ProfileFromEndpointTests.Read("churn", null, """{"entity_name":"main.ml.churn","entity_version":"7"}"""),
                ProfileFromEndpointTests.Read("features", null, """{"entity_name":"main.features.customer"}"""),
                ProfileFromEndpointTests.Read("strange", "agent/v9/dance", """{"entity_name":"main.ml.a","entity_version":"7"}"""),
            ],
            DateTimeOffset.UnixEpoch);

        JsonText.AssertEqual(
            """
            [
              {"model_group":"databricks/databricks-claude-sonnet-4-5","providers":["databricks"],"mode":"chat","max_input_tokens":200000,"max_output_tokens":64000,
               "supports_function_calling":true,"supports_parallel_function_calling":true,"supports_vision":true,"supports_reasoning":true,"is_public_model_group":true},
              {"model_group":"databricks/databricks-gte-large-en","providers":["databricks"],"mode":"embedding","max_input_tokens":8192,
               "supports_function_calling":false,"supports_parallel_function_calling":false,"supports_vision":false,"supports_reasoning":false,"is_public_model_group":true},
              {"model_group":"databricks/helper","providers":["databricks"],"mode":"chat",
               "supports_function_calling":false,"supports_parallel_function_calling":false,"supports_vision":false,"supports_reasoning":false,"is_public_model_group":true}
            ]
            """,
            snapshot.ToModelHubJson());
    }
}

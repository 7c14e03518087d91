using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Reads the configuration of an external model (§9.11) without its secrets. Unconfirmed: every text.</summary>
internal static class ExternalModelReader
{
    private const string Plaintext = "_plaintext";

    /// <summary>For each provider its configuration member and the required members; one of each set of alternatives [go].</summary>
    private static readonly Dictionary<string, (string Member, string[][] Needs)> Providers = new()
    {
        ["ai21labs"] = ("ai21labs_config", [["ai21labs_api_key"]]),
        ["anthropic"] = ("anthropic_config", [["anthropic_api_key"]]),
        ["amazon-bedrock"] = ("amazon_bedrock_config",
            [["aws_region"], ["bedrock_provider"], ["aws_access_key_id", "instance_profile_arn"]]),
        ["cohere"] = ("cohere_config", [["cohere_api_key"]]),
        ["custom"] = ("custom_provider_config", [["custom_provider_url"], ["bearer_token_auth", "api_key_auth"]]),
        ["databricks-model-serving"] = ("databricks_model_serving_config", [["databricks_workspace_url"], ["databricks_api_token"]]),
        ["google-cloud-vertex-ai"] = ("google_cloud_vertex_ai_config", [["project_id"], ["region"], ["private_key"]]),
        ["openai"] = ("openai_config", [["openai_api_key", "microsoft_entra_client_secret"]]),
        ["palm"] = ("palm_config", [["palm_api_key"]]),
    };

    public static (JsonObject WithoutSecrets, ServedModel Model) Read(JsonObject? external)
    {
        var provider = Required(external, "provider");
        var name = Required(external, "name");
        var task = Required(external, "task");
        if (!Providers.TryGetValue(provider, out var known))
        {
            throw ApiErrorException.Invalid(
                $"External model provider '{provider}' is not supported. Supported providers: {string.Join(", ", Providers.Keys)}.");
        }

        if (!ExternalModels.Tasks.Contains(task))
        {
            throw ApiErrorException.Invalid($"Task '{task}' is not supported for external models.");
        }

        var config = external!.Object(known.Member)
            ?? throw ApiErrorException.Invalid($"{known.Member} is required for the provider '{provider}'.");
        foreach (var alternatives in known.Needs)
        {
            RefuseUnlessOne(config, known.Member, alternatives);
        }

        return ((JsonObject)WithoutSecrets(external!), ExternalModels.For(provider, name, task));
    }

    private static void RefuseUnlessOne(JsonObject config, string member, string[] alternatives)
    {
        if (!alternatives.Any(one => config.IsGiven(one) || config.IsGiven(one + Plaintext)))
        {
            throw ApiErrorException.Invalid($"{member} needs {string.Join(" or ", alternatives)}.");
        }

        foreach (var both in alternatives.Where(one => config.IsGiven(one) && config.IsGiven(one + Plaintext)))
        {
            throw ApiErrorException.Invalid($"Only one of {both} and {both}{Plaintext} can be specified.");
        }
    }

    private static string Required(JsonObject? external, string member) =>
        external?.Text(member) is { Length: > 0 } text ? text : throw ApiErrorException.Invalid($"external_model.{member} is required.");

    /// <summary>The service stores plaintext secrets and never returns them [cli].</summary>
    private static JsonNode WithoutSecrets(JsonNode node)
    {
        if (node is not JsonObject json)
        {
            return node.DeepClone();
        }

        var kept = new JsonObject();
        foreach ((var name, var value) in json)
        {
            if (!name.EndsWith(Plaintext, StringComparison.Ordinal) && value is not null)
            {
                kept[name] = WithoutSecrets(value);
            }
        }

        return kept;
    }
}

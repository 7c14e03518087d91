namespace Agents;

/// <summary>The endpoints that the steps talk to on the emulator: three families with three ways of speaking.</summary>
internal static class Endpoints
{
    public const string Claude = "databricks-claude-sonnet-4-5";

    public const string GptOss = "databricks-gpt-oss-120b";

    public const string Llama = "databricks-meta-llama-3-3-70b-instruct";
}

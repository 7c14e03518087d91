using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>A workflow of the Agent Framework: the first agent writes, the second one summarizes. Each may use another model.</summary>
internal sealed class TwoAgents : IStep
{
    private const string Notes =
        "Summarize: The bridge was closed in March. Its deck had cracks on both sides. The repair takes until May. Buses use another road.";

    public string Title => "A workflow of two agents";

    public async Task RunAsync(Workspace workspace)
    {
        AIAgent writer = workspace.Chat(Endpoints.Claude).AsAIAgent(instructions: "You summarize notes.", name: "Writer");
        AIAgent editor = workspace.Chat(Endpoints.GptOss).AsAIAgent(instructions: "You shorten what you get.", name: "Editor");
        var workflow = AgentWorkflowBuilder.BuildSequential(writer, editor);

        HashSet<string> authors = new(StringComparer.Ordinal);
        List<ChatMessage> input = [new(ChatRole.User, Notes)];
        await using StreamingRun run = await InProcessExecution.RunStreamingAsync(workflow, input);
        await run.TrySendMessageAsync(new TurnToken(emitEvents: true));
        await foreach (var happened in run.WatchStreamAsync())
        {
            if (happened is AgentResponseUpdateEvent { Update: { Text.Length: > 0 } update })
            {
                var isNew = authors.Add(update.AuthorName ?? "agent");
                Console.Write(isNew ? $"{Environment.NewLine}{update.AuthorName}: {update.Text}" : update.Text);
            }
            else if (happened is WorkflowErrorEvent { Exception: { } exception })
            {
                throw new StepFailedException($"The workflow failed: {exception.Message}");
            }
        }

        Console.WriteLine();
        StepFailedException.Unless(authors.SetEquals(["Writer", "Editor"]), "Each agent should respond.");
    }
}

"""The tables of cases: only new tables and their indexes, so safe on a running database."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("onboarding", "0002_known_tariffs"),
    ]

    operations = [
        migrations.CreateModel(
            name="DisputesRead",
            fields=[
                ("partition", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="StandardSentence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=100, unique=True)),
                ("text_nl", models.TextField(max_length=4000)),
                ("text_en", models.TextField(blank=True, max_length=4000)),
                ("active", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("change_of", models.CharField(blank=True, max_length=40)),
                ("organisation_id", models.UUIDField(null=True)),
                ("organisation_name", models.CharField(blank=True, max_length=400)),
                ("search", models.CharField(blank=True, max_length=500)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("about_id", models.UUIDField(null=True)),
                ("state", models.CharField(max_length=40)),
                ("turn", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField()),
                ("received_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("due_rule", models.CharField(blank=True, max_length=60)),
                ("due_told", models.CharField(blank=True, max_length=40)),
                ("assigned_to", models.UUIDField(null=True)),
                ("proposed_by", models.UUIDField(null=True)),
                ("silent_since", models.DateTimeField(null=True)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["turn", "due_on", "number"], name="onboarding_queue"),
                    models.Index(fields=["kind", "due_on", "number"], name="onboarding_by_kind"),
                    models.Index(fields=["state", "due_on", "number"], name="onboarding_by_state"),
                    models.Index(fields=["assigned_to", "due_on", "number"], name="onboarding_by_judge"),
                    models.Index(fields=["due_on", "number"], name="onboarding_by_due"),
                    models.Index(fields=["organisation_id", "created_at"], name="onboarding_by_organisation"),
                    models.Index(fields=["silent_since"], name="onboarding_silent"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("about_id__isnull", False)),
                        fields=("kind", "about_id"),
                        name="onboarding_one_about",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=1)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("prefix", "year"), name="onboarding_one_counter")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseMessage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField(default=0)),
                ("moment", models.DateTimeField()),
                ("side", models.CharField(max_length=40)),
                ("actor_id", models.UUIDField(null=True)),
                ("internal", models.BooleanField(default=False)),
                ("text", models.TextField(max_length=4000)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="onboarding.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("side", models.CharField(max_length=40)),
                ("uploaded_by", models.UUIDField(null=True)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="onboarding.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=40)),
                ("account_id", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                ("function", models.CharField(max_length=200)),
                ("moment", models.DateTimeField()),
                ("document_key", models.CharField(max_length=40)),
                ("document_version", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("document_sha256", models.CharField(max_length=64)),
                ("answers_sha256", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="onboarding.case",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="onboarding.storedfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("moment", models.DateTimeField()),
                ("side", models.CharField(max_length=40)),
                ("actor_id", models.UUIDField(null=True)),
                ("function", models.CharField(blank=True, max_length=100)),
                ("action", models.CharField(max_length=40)),
                ("from_state", models.CharField(blank=True, max_length=40)),
                ("to_state", models.CharField(max_length=40)),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("data", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="onboarding.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["to_state", "moment"], name="onboarding_event_states")],
            },
        ),
        migrations.CreateModel(
            name="CaseRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reader_id", models.UUIDField()),
                ("read_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="onboarding.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "reader_id"), name="onboarding_one_reading")
                ],
            },
        ),
        migrations.CreateModel(
            name="Configuration",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("connection", models.CharField(max_length=255)),
                ("environment", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=20)),
                ("content", models.JSONField()),
                ("kept", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("proposed_by", models.UUIDField(null=True)),
                ("approved_by", models.UUIDField(null=True)),
                ("failure", models.CharField(blank=True, max_length=500)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="configurations",
                        to="onboarding.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("connection", "environment", "number"), name="onboarding_one_number"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("connection", "environment"),
                        name="onboarding_one_published",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormAnswers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=40)),
                ("page", models.CharField(max_length=40)),
                ("answers", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_by", models.UUIDField(null=True)),
                ("saved_side", models.CharField(blank=True, max_length=40)),
                ("saved_at", models.DateTimeField()),
                ("reasons", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="onboarding.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "form", "page"), name="onboarding_one_page")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("environment", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=40)),
                ("verdicts", models.JSONField()),
                ("passed", models.BooleanField(null=True)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="onboarding.case",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="onboarding.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("passed", None)),
                        fields=("case",),
                        name="onboarding_one_draft_report",
                    )
                ],
            },
        ),
    ]
